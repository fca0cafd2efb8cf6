import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const PORT = 8791;
/** A server that runs already, instead of the one started here. */
const elsewhere = process.env.PELLUCID_E2E_URL;
const pellucid = fileURLToPath(new URL("../.venv/bin/pellucid", import.meta.url));

export default defineConfig({
  projects: [
    { name: "e2e", testDir: "e2e" },
    { name: "bench", testDir: "bench" },
  ],
  outputDir: "test-results",
  // The model writes some 12 tokens a second on two cores, and answers one question at a time.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    baseURL: elsewhere ?? `http://127.0.0.1:${PORT}`,
    browserName: "chromium",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-quic",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  ...(elsewhere
    ? {}
    : {
        webServer: {
          command: `${pellucid} up --no-browser --port ${PORT}`,
          url: `http://127.0.0.1:${PORT}/api/health`,
          env: { PELLUCID_DATA_DIR: mkdtempSync(join(tmpdir(), "pellucid-e2e-")) },
          timeout: 120_000,
          gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
        },
      }),
});
