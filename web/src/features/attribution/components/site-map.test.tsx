import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { formatPart, parsePart } from "@/features/attribution/model/part";
import { usePointing } from "@/lib/pointing";
import { makeRun, makeSiteMap, makeTokens } from "@/testing/builders";
import { SiteMapView } from "./site-map";

const BOX = { left: 0, top: 0, width: 60, height: 20, right: 60, bottom: 20, x: 0, y: 0, toJSON: () => "" };

function show(over: Partial<Parameters<typeof SiteMapView>[0]> = {}) {
  const onPart = vi.fn();
  const props = { run: makeRun(), map: makeSiteMap(), side: "all", part: null, onPart, ...over } as const;
  const { rerender } = render(<SiteMapView {...props} />);
  const map = screen.getByRole("application", { name: /^Layers and tokens/ });
  vi.spyOn(map, "getBoundingClientRect").mockReturnValue(BOX);
  const again = (next: Partial<Parameters<typeof SiteMapView>[0]>): void =>
    rerender(<SiteMapView {...props} {...next} />);
  return { map, onPart, again, user: userEvent.setup() };
}

const said = (): string => screen.getByRole("status").textContent ?? "";

test("the strongest cell is said before anything is pointed at", () => {
  show();
  expect(said()).toBe("most: layer 12, token 4 “␣one”: +0.80 nats promoted, −0.10 held back");
});

test("arrows move a cell, its value is announced, and its token is lit", async () => {
  const { user } = show();
  await user.tab();
  await user.tab();
  await user.tab();
  expect(screen.getByRole("application")).toHaveFocus();
  await user.keyboard("{ArrowDown}{ArrowLeft}");
  expect(said()).toBe("layer 3, token 3 “Which”: 0 nats promoted, −0.40 held back");
  expect(usePointing.getState().lit).toMatchObject({ run: "r1", at: [3] });
  await user.keyboard("{End}");
  expect(said()).toMatch(/^layer 3, token 8 “The”/);
  await user.tab();
  expect(usePointing.getState().lit).toBeNull();
});

test("a cell chosen by Enter holds the list to it, chosen again lets go, and so does Escape", async () => {
  const { map, onPart, again, user } = show();
  map.focus();
  await user.keyboard("{ArrowRight}{Enter}");
  expect(onPart).toHaveBeenLastCalledWith("12@5:6");
  again({ part: parsePart("12@5:6") });
  await user.keyboard("{Enter}");
  expect(onPart).toHaveBeenLastCalledWith(null);
  onPart.mockClear();
  await user.keyboard("{Escape}");
  expect(onPart).toHaveBeenCalledWith(null);
});

test("a pointer lights the token under it and chooses by a click", () => {
  const { map, onPart } = show();
  fireEvent.pointerMove(map, { clientX: 15, clientY: 5, pointerType: "mouse" });
  expect(said()).toMatch(/^layer 12, token 4/);
  expect(usePointing.getState().lit?.at).toEqual([4]);
  fireEvent.click(map);
  expect(onPart).toHaveBeenCalledWith("12@4:5");
  fireEvent.pointerLeave(map, { pointerType: "mouse" });
  expect(usePointing.getState().lit).toBeNull();
});

test("a finger points first and chooses with a button", async () => {
  const { map, onPart, user } = show();
  fireEvent.pointerDown(map, { clientX: 55, clientY: 15, pointerType: "touch" });
  fireEvent.click(map);
  expect(onPart).not.toHaveBeenCalled();
  expect(said()).toMatch(/^layer 3, token 8/);
  await user.click(screen.getByRole("button", { name: "Show its features" }));
  expect(onPart).toHaveBeenCalledWith("3@8:9");
});

test("more tokens than columns are binned, and that is said", () => {
  const row = Array.from({ length: 160 }, () => 1);
  const tokens = makeTokens(Array.from({ length: 200 }, () => " w"));
  const { map } = show({
    run: makeRun({ tokens }),
    map: makeSiteMap({ layers: [0], start: 0, positive: [row], negative: [row.map(() => 0)] }),
  });
  expect(screen.getByRole("button", { name: "nats, 10 tokens a column" })).toBeVisible();
  fireEvent.pointerMove(map, { clientX: 59, clientY: 5, pointerType: "mouse" });
  expect(said()).toMatch(/^layer 0, tokens 150 to 159/);
  expect(usePointing.getState().lit?.at).toHaveLength(10);
});

test("what the colours are is explained on focus: estimates, root, where it begins", async () => {
  const { user } = show();
  await user.hover(screen.getByRole("button", { name: "nats" }));
  expect(screen.getByRole("tooltip")).toHaveTextContent(/Estimates, but for 2 sites that were measured/);
  expect(screen.getByRole("tooltip")).toHaveTextContent(/It begins at token 3/);
});

test("the map can be put away, and stays away", async () => {
  const { user } = show();
  await user.click(screen.getByRole("button", { name: "map of layers and tokens" }));
  expect(screen.queryByRole("application")).toBeNull();
  expect(localStorage.getItem("pellucid.map")).toBe("off");
});

test("the part the list is held to is told and drawn", () => {
  const part = parsePart("3@3:4");
  show({ part });
  expect(part && formatPart(part)).toBe("3@3:4");
  expect(said()).toBe("layer 3, token 3 “Which”: 0 nats promoted, −0.40 held back");
  const chosen = document.querySelector<HTMLElement>(".map-chosen");
  expect(chosen?.style.top).toBe("50%");
  expect(chosen?.style.left).toBe("0%");
});

test("with another key held an arrow is the browser's", () => {
  const { map } = show();
  const before = said();
  expect(fireEvent.keyDown(map, { key: "ArrowLeft", altKey: true })).toBe(true);
  expect(said()).toBe(before);
  expect(fireEvent.keyDown(map, { key: "ArrowLeft" })).toBe(false);
});
