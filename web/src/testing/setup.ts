import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { usePointing } from "@/lib/pointing";
import { server } from "@/testing/server";

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  history.replaceState(null, "", "/");
  usePointing.setState({ at: null, lit: null, chosen: [] });
});
afterAll(() => server.close());

// What jsdom leaves out.
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe = vi.fn();
    unobserve = vi.fn();
    disconnect = vi.fn();
  },
);
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: query.includes("width"),
  media: query,
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
}));
Element.prototype.scrollIntoView = vi.fn();
Range.prototype.getClientRects = () => document.createElement("p").getClientRects();
