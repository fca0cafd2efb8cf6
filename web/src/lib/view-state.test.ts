import { act, renderHook } from "@testing-library/react";
import { formatView, go, hrefOf, parseView, useView } from "./view-state";

test("a view and its address are the same thing", () => {
  const view = {
    conversation: "c1",
    origin: "c0",
    run: "r2",
    beside: "r1",
    token: 41,
    contrast: 7,
    by: "activation",
    sums: "layer",
    side: "hindered",
    within: "12@40:48",
    feature: "mlp.12.3047.pos@14",
    span: "3:9",
    alone: true,
    card: "mlp.3.17.neg@9",
    find: "chat",
    filters: "output;sign=neg",
    steer: "mlp.12.3047.pos=x@prompt",
    pane: "why",
  } as const;
  expect(parseView(formatView(view))).toEqual(view);
});

test("an address that makes no sense is read as nothing chosen", () => {
  expect(parseView("?token=-1&vs=1e9&by=luck&sums=head&side=left&alone=1&span=9:3&pane=other&unknown=1")).toEqual(
    parseView(""),
  );
});

test("going somewhere changes the address and whoever looks at it", () => {
  const { result } = renderHook(() => useView());
  act(() => go({ conversation: "c1", token: 3 }));
  expect(result.current.token).toBe(3);
  expect(location.search).toBe("?c=c1&token=3");
  expect(hrefOf({ token: null })).toBe("/?c=c1");
});
