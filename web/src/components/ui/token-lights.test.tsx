import { act, render } from "@testing-library/react";
import { Profiler, type ReactNode, useRef } from "react";
import { TokenView } from "@/components/ui/token-view";
import { cellsOf } from "@/lib/cells";
import { usePointing } from "@/lib/pointing";
import { useLights } from "@/lib/use-lights";
import { makeTokens } from "@/testing/builders";

function Text({ children }: { children: ReactNode }) {
  const root = useRef<HTMLParagraphElement>(null);
  useLights(root);
  return <p ref={root}>{children}</p>;
}

function show(texts: readonly string[]) {
  const rendered = vi.fn();
  const tokens = cellsOf(makeTokens(texts)).map((cell) => (
    <TokenView
      key={cell.token.pos}
      run="r1"
      cell={cell}
      selected={false}
      changed={false}
      moved={null}
      steered={null}
      given={false}
      spanned={false}
      home={false}
    />
  ));
  const { container } = render(
    <Profiler id="tokens" onRender={rendered}>
      <Text>{tokens}</Text>
    </Profiler>,
  );
  rendered.mockClear();
  const marked = (attribute: string): string[] =>
    [...container.querySelectorAll<HTMLElement>(`[${attribute}]`)].map((one) => one.dataset.pos ?? "");
  return { rendered, marked, container };
}

const light = (at: readonly number[], fires: Record<number, number> = {}, run = "r1"): void =>
  act(() =>
    usePointing
      .getState()
      .light({ run, at, fires: new Map(Object.entries(fires).map(([pos, depth]) => [Number(pos), depth])) }),
  );

test("a thousand tokens are lit and let go of without one of them rendering", () => {
  const { rendered, marked, container } = show(Array.from({ length: 1000 }, (_, i) => ` w${i}`));
  light([7], { 3: 0.25, 7: 1, 999: 0.5 });
  expect(marked("data-lit")).toEqual(["7"]);
  expect(marked("data-fires")).toEqual(["3", "7", "999"]);
  expect(container.querySelector<HTMLElement>('[data-pos="3"]')?.style.getPropertyValue("--depth")).toBe("0.250");
  light([8]);
  expect(marked("data-lit")).toEqual(["8"]);
  expect(marked("data-fires")).toEqual([]);
  act(() => usePointing.getState().light(null));
  expect(marked("data-lit")).toEqual([]);
  expect(container.querySelector('[style*="--depth"]')).toBeNull();
  expect(rendered).not.toHaveBeenCalled();
});

test("a character made of several tokens is lit by any of them, as deep as the deepest", () => {
  const { marked, container } = show(["a", "", "é", "b"]);
  light([1], { 1: 0.75, 2: 0.5 });
  expect(marked("data-lit")).toEqual(["2"]);
  expect(container.querySelector<HTMLElement>('[data-pos="2"]')?.style.getPropertyValue("--depth")).toBe("0.750");
});

test("another run's tokens stay as they are", () => {
  const { marked } = show(["a", "b"]);
  light([1], { 0: 1 }, "r2");
  expect([...marked("data-lit"), ...marked("data-fires")]).toEqual([]);
});
