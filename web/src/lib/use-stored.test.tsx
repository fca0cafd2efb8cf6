import { act, renderHook } from "@testing-library/react";
import { useStored } from "./use-stored";

const given = (text: string | null): string => text ?? "none";
const stored = (key: string, reach?: "browser" | "tab" | "own") =>
  renderHook(() => useStored(key, given, reach)).result;

function refuse(): void {
  for (const name of ["getItem", "setItem", "removeItem"] as const)
    vi.spyOn(Storage.prototype, name).mockImplementation(() => {
      throw new DOMException("no storage here", "SecurityError");
    });
}

test.each(["browser", "tab", "own"] as const)("where storage is refused, %s lasts as long as the page", (reach) => {
  refuse();
  const one = stored(`refused-${reach}`, reach);
  const other = stored(`refused-${reach}`, reach);
  expect(one.current[0]).toBe("none");
  act(() => one.current[1]("set"));
  expect(one.current[0]).toBe("set");
  expect(other.current[0]).toBe("set");
  act(() => one.current[1](null));
  expect(one.current[0]).toBe("none");
});

test("what storage is too full to take holds on the page, until it can take something again", () => {
  const one = stored("full");
  act(() => one.current[1]("first"));
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  act(() => one.current[1]("second"));
  expect(one.current[0]).toBe("second");
  full.mockRestore();
  act(() => one.current[1]("third"));
  expect(one.current[0]).toBe("third");
  expect(localStorage.getItem("full")).toBe("third");
});

test("a tab's own value begins as the browser's last, and no other tab changes it after that", () => {
  localStorage.setItem("own", "last");
  const one = stored("own", "own");
  expect(one.current[0]).toBe("last");
  localStorage.setItem("own", "another tab's");
  act(() => void dispatchEvent(new StorageEvent("storage", { key: "own" })));
  expect(one.current[0]).toBe("last");
  act(() => one.current[1]("mine"));
  expect(one.current[0]).toBe("mine");
  expect(localStorage.getItem("own")).toBe("mine");
});

test("where the browser has nothing yet, another tab's first choice is not this one's", () => {
  const one = stored("fresh", "own");
  localStorage.setItem("fresh", "another tab's");
  act(() => void dispatchEvent(new StorageEvent("storage", { key: "fresh" })));
  expect(one.current[0]).toBe("none");
});

test("what is kept in the browser follows the other tabs", () => {
  const one = stored("shared");
  localStorage.setItem("shared", "another tab's");
  act(() => void dispatchEvent(new StorageEvent("storage", { key: "shared" })));
  expect(one.current[0]).toBe("another tab's");
});
