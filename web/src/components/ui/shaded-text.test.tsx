import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { ShadedText } from "./shaded-text";

const tokens = ["The", " month", " of", " May", "\n", "now"].map((text) => ({ text }));
const facts = ({ at, value }: { at: number; value: number | null }) => ({
  value: value === null ? "not stored" : String(value),
  more: `token ${at}`,
});

function show(over: Partial<Parameters<typeof ShadedText>[0]> = {}) {
  render(
    <ShadedText
      label="Exemplar 1"
      tokens={tokens}
      values={[null, 1, 2, 4, -1, 0]}
      scale={4}
      peak={3}
      from={0}
      to={tokens.length}
      lines
      facts={facts}
      {...over}
    />,
  );
  const group = screen.getByRole("group", { name: /^Exemplar 1/ });
  const token = (at: number): HTMLElement => {
    const found = group.querySelector<HTMLElement>(`[data-at="${at}"]`);
    if (!found) throw new Error(`no token ${at}`);
    return found;
  };
  return { group, token, user: userEvent.setup() };
}

test("it is the text, letter for letter, and shades say how much", () => {
  const { group, token } = show();
  expect(group.textContent).toBe("The month of May\nnow");
  expect(token(1).style.getPropertyValue("--depth")).toBe("0.250");
  expect(token(3).style.getPropertyValue("--depth")).toBe("1.000");
  for (const at of [0, 4, 5]) expect(token(at)).not.toHaveClass("shade");
  expect(token(2)).toHaveAttribute("data-strong");
  expect(token(3)).toHaveAttribute("data-peak");
});

test("a feature below zero is shaded where it is below zero", () => {
  const { token } = show({ values: [0, -2, 3, -4, 0, 0], scale: -4 });
  expect(token(1).style.getPropertyValue("--depth")).toBe("0.500");
  expect(token(2)).not.toHaveClass("shade");
});

test("every shade is a number, to the pointer and to the keyboard alike", async () => {
  const { user, token } = show();
  await user.hover(token(2));
  expect(screen.getByText("of: 2, token 2", { exact: false })).toBeInTheDocument();
  await user.unhover(token(2));
  await user.tab();
  const spoken = (): string => document.querySelector("[aria-live]")?.textContent ?? "";
  expect(spoken()).toBe("␣May: 4, token 3");
  await user.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(spoken()).toBe("␣month: 1, token 1");
  await user.keyboard("{Home}");
  expect(spoken()).toBe("The: not stored, token 0");
  await user.keyboard("{End}");
  expect(spoken()).toBe("now: 0, token 5");
  await user.keyboard("{Escape}");
  expect(spoken()).toBe("");
});

test("a part of a text says that it is one, and shows line breaks as signs", () => {
  const { group } = show({ from: 3, to: 5, lines: false });
  expect(group.textContent).toBe("…  May↵  …");
});

test.each(["pointerUp", "pointerCancel"] as const)("a press that ends elsewhere, by %s, is over", async (end) => {
  const { user, token } = show();
  fireEvent.pointerDown(token(1));
  fireEvent[end](document.body);
  await user.tab();
  expect(document.querySelector("[aria-live]")).toHaveTextContent("␣May: 4, token 3");
});

test("with another key held an arrow is the browser's", () => {
  const { group } = show();
  expect(fireEvent.keyDown(group, { key: "ArrowLeft", altKey: true })).toBe(true);
  expect(fireEvent.keyDown(group, { key: "ArrowLeft" })).toBe(false);
});
