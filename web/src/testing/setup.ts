import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { usePointing } from "@/lib/pointing";
import { server } from "@/testing/server";

// The tour of a first visit stands over nothing that a test looks at, unless it asks for it.
beforeEach(() => localStorage.setItem("pellucid.tour", "done"));
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
  usePointing.setState({ at: null, lit: null, chosen: { of: "", keys: [] } });
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
HTMLCanvasElement.prototype.getContext = () => null;
Range.prototype.getClientRects = () => document.createElement("p").getClientRects();
