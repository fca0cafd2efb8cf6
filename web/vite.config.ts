import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.PELLUCID_DEV_SERVER ?? "http://127.0.0.1:8765";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": { target: server } } },
  build: {
    outDir: "../src/pellucid/server/static",
    emptyOutDir: true,
    // The page's policy is default-src 'self', which refuses data: addresses.
    assetsInlineLimit: 0,
    target: "es2022",
    // The licences of everything bundled; those of the fonts are in public/.
    license: { fileName: "licenses.md" },
  },
  test: {
    environment: "jsdom",
    globals: true,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    // One test reads the colours; no other looks at a style.
    css: { include: [/tokens\.css\?raw/] },
  },
});
