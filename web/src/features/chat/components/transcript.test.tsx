import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeConversation, makeRun, makeToken, makeTokens } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { Transcript } from "./transcript";

const top = [
  { id: 5, text: " second", logprob: Math.log(0.3) },
  { id: 6, text: " last", logprob: Math.log(0.1) },
];

function show(over: Partial<Parameters<typeof Transcript>[0]> = {}) {
  const plain = makeRun();
  const run = { ...plain, tokens: plain.tokens.map((token) => (token.text === " first" ? { ...token, top } : token)) };
  const onWhy = vi.fn();
  const props = {
    conversation: makeConversation([run]),
    run,
    beside: undefined,
    pending: null,
    writing: false,
    markers: false,
    surprise: false,
    onWhy,
    ...over,
  };
  const view = renderWith(<Transcript {...props} />);
  return { ...view, onWhy, user: userEvent.setup() };
}

test("the conversation reads and copies as text, template markers left out until asked for", () => {
  const { container } = show();
  expect([...container.querySelectorAll("p.font-read")].map((p) => p.textContent)).toEqual([
    "Which one?",
    "The first\n one",
  ]);
  show({ markers: true });
  expect(screen.getAllByText("</s>")).not.toHaveLength(0);
});

test("the tokens are one stop of the Tab key; arrows move, Enter asks why, Esc lets go", async () => {
  const { user, onWhy } = show();
  await user.tab();
  expect(document.activeElement).toHaveTextContent("The");
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toHaveTextContent("first");
  await user.keyboard("{Enter}");
  expect(onWhy).toHaveBeenCalledWith({ run: "r1", pos: 9 }, null);
  await user.keyboard("{Home}");
  expect(document.activeElement).toHaveTextContent("Which");
  expect(
    screen.getAllByRole("button").filter((token) => token.tabIndex === 0 && token.classList.contains("token")),
  ).toHaveLength(1);
});

test("focus shows one popover with probability, alternatives and what is known of the entropy; Tab enters it", async () => {
  const { user, onWhy } = show();
  await user.tab();
  await user.keyboard("{ArrowRight}");
  const facts = await screen.findByRole("group", { name: "About this token" });
  expect(facts).toHaveTextContent("50");
  expect(facts).toHaveTextContent("below the top 2");
  expect(facts).toHaveTextContent("entropy ≥");
  await user.tab();
  expect(facts.contains(document.activeElement)).toBe(true);
  await user.click(within(facts).getByRole("button", { name: "Why not second?" }));
  expect(onWhy).toHaveBeenCalledWith({ run: "r1", pos: 9 }, 5);
});

test("white space has a name and is drawn by its glyph; parts of a character are one token with ticks", () => {
  const run = makeRun();
  const tail = [...makeTokens(["", ""], {}, 12), makeToken({ pos: 14, text: "🙂" })];
  const { container } = show({ run: { ...run, tokens: [...run.tokens, ...tail] } });
  expect(screen.getByRole("button", { name: "line break" })).toHaveAttribute("data-glyph", "↵");
  expect(screen.getByRole("button", { name: "🙂" })).toHaveAttribute("data-parts", "′′");
  expect(container.querySelectorAll("[data-pos='12']")).toHaveLength(0);
});

test("two answers stand side by side, the earlier one first, with what changed marked", () => {
  const before = makeRun({ id: "r0", created_at: "2025-12-31T00:00:00Z" });
  const prompt = before.tokens.slice(0, before.n_prompt);
  const change = { features: ["mlp.1.2.pos"], strength: 0, positions: "prompt", sign_rule: "own" } as const;
  const after = makeRun({
    tokens: [...prompt, ...makeTokens(["The", " second", "\n", " one"], {}, 8)],
    interventions: [{ ...change, features: [...change.features] }],
  });
  show({ run: after, beside: before });
  const both = screen.getByRole("region", { name: "Answers before and after" });
  expect(
    within(both)
      .getAllByRole("heading")
      .map((heading) => heading.textContent),
  ).toEqual(["Before nothing changed, seed 0", "After mlp.1.2.pos suppressed in the prompt"]);
  expect([...both.querySelectorAll("[data-changed]")].map((token) => token.textContent)).toEqual([" first", " second"]);
  expect(both).toHaveTextContent("The first 1 token agree");
});

test("markup from the model stays text", () => {
  const run = makeRun();
  const { container } = show({
    run: { ...run, tokens: [...run.tokens, makeToken({ pos: 12, text: "<img src=x onerror=alert(1)>" })] },
  });
  expect(container.querySelector("img")).toBeNull();
  expect(container).toHaveTextContent("<img src=x onerror=alert(1)>");
});

test("until the tokens are here the turns are plain text, the pending question among them", () => {
  show({ run: undefined, pending: "And then?" });
  expect(screen.getByText("Which one?")).toBeVisible();
  expect(screen.getByText("And then?")).toBeVisible();
});
