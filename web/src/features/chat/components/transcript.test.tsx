import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { go } from "@/lib/view-state";
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
  const onGoOn = vi.fn();
  const edits = { save: vi.fn(async () => undefined), stop: vi.fn(), waiting: null, busy: false };
  const props = {
    conversation: makeConversation([...(over.beside ? [over.beside] : []), run]),
    run,
    beside: undefined,
    pending: null,
    markers: false,
    surprise: false,
    onWhy,
    onGoOn,
    edits,
    ...over,
  };
  const view = renderWith(<Transcript {...props} />);
  return { ...view, props, onWhy, onGoOn, edits, user: userEvent.setup() };
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

test("what is white space has a name among the alternatives too", async () => {
  const run = makeRun();
  const blank = [
    { id: 5, text: "\n", logprob: Math.log(0.3) },
    { id: 6, text: " ", logprob: Math.log(0.1) },
  ];
  const { user } = show({ run: { ...run, tokens: run.tokens.map((token) => ({ ...token, top: blank })) } });
  await user.tab();
  const facts = await screen.findByRole("group", { name: "About this token" });
  expect(
    within(facts)
      .getAllByRole("button", { name: /^(Why not|Take)/ })
      .map((button) => button.getAttribute("aria-label")),
  ).toEqual([
    "Why not line break?",
    "Take line break instead and go on",
    "Why not space?",
    "Take space instead and go on",
  ]);
});

const reached = () => [...document.querySelectorAll(".token[tabindex='0']")].map((token) => token.textContent);

test.each(["7", "99"])("the Tab key reaches a token though the address names %s, which is not drawn", async (pos) => {
  history.replaceState(null, "", `/?token=${pos}`);
  show();
  expect(reached()).toEqual(["The"]);
});

test("the Tab key reaches a token after the markers were hidden, and while the answer is edited", async () => {
  const { user, props, unmount } = show({ markers: true });
  unmount();
  const { rerender } = render(<Transcript {...props} />);
  const marker = document.querySelector<HTMLElement>("[data-pos='7']");
  act(() => marker?.focus());
  expect(reached()).toEqual(["<s>"]);
  rerender(<Transcript {...props} markers={false} />);
  expect(reached()).toEqual(["The"]);
  await user.click(screen.getByRole("button", { name: "Edit this answer" }));
  expect(reached()).toEqual(["Which"]);
});

test("with another key held an arrow is the browser's", async () => {
  const { user } = show();
  await user.tab();
  await user.keyboard("{ArrowRight}");
  const token = document.activeElement ?? document.body;
  for (const held of [{ altKey: true }, { metaKey: true }])
    expect(fireEvent.keyDown(token, { key: "ArrowLeft", ...held })).toBe(true);
  expect(fireEvent.keyDown(token, { key: "Home", ctrlKey: true })).toBe(true);
  expect(token).toHaveFocus();
  expect(fireEvent.keyDown(token, { key: "ArrowLeft" })).toBe(false);
});

test.each(["pointerUp", "pointerCancel"] as const)(
  "after a press that ends elsewhere, by %s, the popover follows the keyboard again",
  async (end) => {
    const { user } = show();
    fireEvent.pointerDown(screen.getByText("Which"));
    await user.tab();
    await new Promise((rest) => setTimeout(rest, 20));
    expect(screen.queryByRole("group", { name: "About this token" })).toBeNull();
    fireEvent[end](document.body);
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByRole("group", { name: "About this token" })).toBeVisible();
  },
);

test("two answers stand side by side, the one given first first, with what changed marked", () => {
  const before = makeRun({ id: "r0" });
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
  expect(within(both).getByRole("list", { name: "What the changes did" })).toHaveTextContent(
    "The first token is the same; marked: 1 token only before, 1 token only after.",
  );
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

const text = (marked: string) => [...document.querySelectorAll(`[${marked}]`)].map((token) => token.textContent);
const span = () => new URLSearchParams(location.search).get("span");

test("Shift with the arrows chooses a range around the token it was begun at; Esc lets go of it, then of the token", async () => {
  history.replaceState(null, "", "/?token=9");
  const { user } = show();
  await user.tab();
  expect(document.activeElement).toHaveTextContent("first");
  await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}");
  expect(span()).toBe("9:12");
  expect(text("data-span")).toEqual([" first", "\n", " one"]);
  expect(document.activeElement).toHaveTextContent("one");
  await user.keyboard("{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}");
  expect(span()).toBe("8:10");
  await user.keyboard("{Escape}");
  expect(location.search).toBe("?token=9");
  expect(text("data-span")).toEqual([]);
  await user.keyboard("{Escape}");
  expect(location.search).toBe("");
  await user.keyboard("{ArrowRight}{Shift>}{ArrowRight}{/Shift}");
  expect(span()).toBe("9:11");
});

test("a click with Shift chooses up to the token, over turns; a click alone asks why", async () => {
  const { user, onWhy } = show();
  await user.click(screen.getByText("one", { selector: "[data-pos='4']" }));
  expect(onWhy).toHaveBeenCalledOnce();
  await user.keyboard("{Shift>}");
  await user.click(screen.getByText("The"));
  expect(span()).toBe("4:9");
  await user.click(screen.getByText("Which"));
  expect(span()).toBe("3:5");
  await user.keyboard("{/Shift}");
  expect(onWhy).toHaveBeenCalledOnce();
});

test("once a range was let go of, or is of another answer, the next begins where it is made", async () => {
  const before = makeRun({ id: "r0" });
  const { user } = show({ beside: before });
  const token = (run: string, pos: number): HTMLElement =>
    document.querySelector<HTMLElement>(`[data-run='${run}'][data-pos='${pos}']`) ?? document.body;
  await user.click(token("r1", 3));
  await user.keyboard("{Shift>}");
  await user.click(token("r1", 5));
  expect(span()).toBe("3:6");
  act(() => go({ span: null }));
  await user.click(token("r1", 8));
  expect(span()).toBe("5:9");
  await user.click(token("r0", 10));
  expect(span()).toBe("10:11");
  expect(new URLSearchParams(location.search).get("run")).toBe("r0");
  await user.keyboard("{/Shift}");
});

function select(from: [string, number], to: [string, number]): void {
  const node = (pos: string) => document.querySelector(`[data-pos='${pos}']`)?.firstChild ?? document.body;
  act(() => {
    getSelection()?.setBaseAndExtent(node(from[0]), from[1], node(to[0]), to[1]);
    document.dispatchEvent(new Event("selectionchange"));
  });
}

test("text that is selected, as for copying, can be used as the place; what it only touches is left out", async () => {
  const { user, onWhy } = show();
  select(["8", 3], ["11", 0]);
  await user.click(await screen.findByRole("button", { name: "Choose these 2 tokens as the place of a change" }));
  expect(span()).toBe("9:11");
  expect(getSelection()?.isCollapsed).toBe(true);
  select(["9", 2], ["9", 4]);
  await screen.findByRole("button", { name: "Choose this token as the place of a change" });
  expect(onWhy).not.toHaveBeenCalled();
  act(() => {
    getSelection()?.removeAllRanges();
    document.dispatchEvent(new Event("selectionchange"));
  });
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Choose this/ })).toBeNull());
});

const suppress = { features: ["mlp.1.2.pos"], strength: 0, positions: "prompt", sign_rule: "own" as const };

test("where the model was changed its tokens carry the mark of the change, and say by what", async () => {
  const strengthen = { ...suppress, name: "months", features: ["mlp.1.3.pos", "mlp.1.4.pos"], strength: 0.5 };
  const run = makeRun({ interventions: [suppress, { ...strengthen, positions: "4:9" }] });
  const { user, container } = show({ run });
  const marks = [...container.querySelectorAll(".token")].map((token) => [
    token.textContent,
    token.getAttribute("data-steered"),
  ]);
  expect(marks.slice(0, 5)).toEqual([
    ["Which", "suppress"],
    [" one", "several"],
    ["?", "several"],
    ["The", "strengthen"],
    [" first", null],
  ]);
  await user.tab();
  const facts = await screen.findByRole("list", { name: "Changed here" });
  expect(facts).toHaveTextContent("“months” set to 0.50 × tail quantile here");
  expect(facts).not.toHaveTextContent("mlp.1.2.pos");
});

test("a token that both answers have says how far its probability moved, from either side", async () => {
  const before = makeRun({ id: "r0" });
  const after = makeRun({ interventions: [suppress] });
  const moved = after.tokens.map((token) =>
    token.pos === 9 || token.text === "\n" ? { ...token, logprob: Math.log(0.125) } : token,
  );
  const { user } = show({ run: { ...after, tokens: moved }, beside: before });
  expect(document.querySelector("[data-run='r0'][data-pos='9']")).toHaveAttribute("data-moved", "↑");
  expect(document.querySelector("[data-run='r1'][data-pos='9']")).toHaveAttribute("data-moved", "↓");
  expect(text("data-moved")).toEqual([" first", " first"]);
  await user.tab();
  await user.keyboard("{ArrowRight}");
  expect(await screen.findByRole("group", { name: "About this token" })).toHaveTextContent(
    /Before: 50\s%, here 4\.0 × less likely/,
  );
  expect(screen.getByRole("list", { name: "What the changes did" })).toHaveTextContent(
    "Of the 4 tokens in both, 0 became at least 2 × more likely, 2 less.",
  );
});

test("a range chosen in the answer beside makes that the answer looked at", async () => {
  history.replaceState(null, "", "/?run=r1&beside=r0&token=9");
  const before = makeRun({ id: "r0" });
  const { user } = show({ run: makeRun({ interventions: [suppress] }), beside: before });
  const token = document.querySelector<HTMLElement>("[data-run='r0'][data-pos='8']");
  if (token) await user.click(token);
  await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
  expect(location.search).toBe("?run=r0&beside=r1&span=8%3A10");
});

test("each turn runs in the direction of its text, whatever its markers say; code is set apart, its white space kept", () => {
  const run = makeRun();
  const said = ["שלום", " עולם", "\n", "```", "\n", "  ", "x", "\n", "```"];
  const { container } = show({
    run: { ...run, tokens: [...run.tokens.slice(0, 8), ...makeTokens(said, {}, 8)] },
    markers: true,
  });
  const turn = [...container.querySelectorAll("p.font-read")].at(-1);
  expect(turn).toHaveAttribute("dir", "auto");
  expect(
    [...(turn?.querySelectorAll("[data-marker]") ?? [])].every((marker) => marker.getAttribute("dir") === "ltr"),
  ).toBe(true);
  expect(turn?.querySelector("code")).toHaveTextContent("``` x ```");
  expect(turn?.querySelector("code")?.textContent).toBe("```\n  x\n```");
});

test("text selected over two answers is no place; one token is, from its popover", async () => {
  const before = makeRun({ id: "r0" });
  const { user } = show({ beside: before });
  const [first, last] = ["[data-run='r0'][data-pos='8']", "[data-run='r1'][data-pos='9']"].map(
    (token) => document.querySelector(token)?.firstChild ?? document.body,
  );
  if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, 2);
  await act(async () => {
    document.dispatchEvent(new Event("selectionchange"));
    await new Promise((rest) => setTimeout(rest, 250));
  });
  expect(screen.queryByRole("button", { name: /^Choose/ })).toBeNull();
  getSelection()?.removeAllRanges();
  await user.tab();
  await user.click(await screen.findByRole("button", { name: "Choose this token as the place of a change" }));
  expect(span()).toBe("8:9");
});

test("an alternative can be taken and gone on with, and an answer written anew, but not within the question", async () => {
  const { user, onGoOn } = show();
  await user.tab();
  await user.keyboard("{ArrowRight}");
  await user.click(await screen.findByRole("button", { name: "Take second instead and go on" }));
  expect(onGoOn).toHaveBeenLastCalledWith({ run: expect.objectContaining({ id: "r1" }), pos: 9, token: 5 });
  expect(screen.queryByRole("group", { name: "About this token" })).toBeNull();
  await user.keyboard("{ArrowRight}");
  await user.click(await screen.findByRole("button", { name: "Write the answer anew from here" }));
  expect(onGoOn).toHaveBeenLastCalledWith({ run: expect.objectContaining({ id: "r1" }), pos: 10, token: null });
  await user.keyboard("{Home}");
  const facts = await screen.findByRole("group", { name: "About this token" });
  expect(within(facts).queryByRole("button", { name: /anew/ })).toBeNull();
});

test("while nothing can be asked, nothing of that is offered, and no edit either", async () => {
  const edits = { save: vi.fn(), stop: vi.fn(), waiting: null, busy: true };
  const { user } = show({ onGoOn: null, edits });
  await user.tab();
  await user.keyboard("{ArrowRight}");
  const facts = await screen.findByRole("group", { name: "About this token" });
  expect(within(facts).queryByRole("button", { name: /anew|instead/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Edit this question" }));
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("tokens that were given are told apart from those that were written", async () => {
  const run = makeRun({ n_prompt: 10 });
  const { user, container } = show({ run });
  const given = [...container.querySelectorAll<HTMLElement>("[data-given]")].map((token) => token.textContent);
  expect(given).toEqual(["The", " first"]);
  await user.tab();
  expect(await screen.findByText(/, not written here/)).toBeVisible();
  await user.keyboard("{ArrowRight}{ArrowRight}");
  await waitFor(() => expect(screen.queryByText(/, not written here/)).toBeNull());
});

test("E on a token edits its turn, and Esc leaves it as it was", async () => {
  const { user, edits } = show();
  await user.tab();
  await user.keyboard("e");
  expect(screen.getByRole("textbox", { name: "How the answer begins" })).toHaveFocus();
  await waitFor(() => expect(screen.queryByRole("group", { name: "About this token" })).toBeNull());
  await user.keyboard("e{Escape}");
  expect(screen.queryByRole("textbox")).toBeNull();
  await user.tab();
  await user.keyboard("{Home}e");
  expect(screen.getByRole("textbox", { name: "The question" })).toHaveValue("Which one?");
  expect(edits.save).not.toHaveBeenCalled();
});

test("two answers side by side can each be edited", async () => {
  const before = makeRun({ id: "r0", reply: "Before" });
  const { user, edits } = show({ beside: before });
  const [question, first, then] = screen.getAllByRole("button", { name: /^Edit this/ });
  expect(question).toHaveAccessibleName("Edit this question");
  await user.click(then ?? document.body);
  expect(screen.getByRole("textbox")).toHaveValue("The first\n one");
  await user.click(first ?? document.body);
  expect(screen.getByRole("textbox")).toHaveValue("Before");
  await user.keyboard("!{Enter}");
  expect(edits.save).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: "t2" }), "Before!");
});

test("what was typed is there again after another answer was looked at", async () => {
  const { props, unmount, user } = show();
  unmount();
  const { rerender } = render(<Transcript {...props} />);
  await user.click(screen.getByRole("button", { name: "Edit this question" }));
  await user.keyboard(" More.");
  rerender(<Transcript {...props} run={undefined} />);
  expect(screen.getByRole("textbox")).toHaveValue("Which one? More.");
  rerender(<Transcript {...props} />);
  expect(screen.getByRole("textbox")).toHaveValue("Which one? More.");
});

test("what was typed into one turn is there again after another was edited, until it is given up", async () => {
  const { user } = show();
  await user.click(screen.getByRole("button", { name: "Edit this question" }));
  await user.keyboard(" More.");
  await user.click(screen.getByRole("button", { name: "Edit this answer" }));
  await user.keyboard("!");
  await user.click(screen.getByRole("button", { name: "Edit this question" }));
  expect(screen.getByRole("textbox")).toHaveValue("Which one? More.");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Edit this question" }));
  expect(screen.getByRole("textbox")).toHaveValue("Which one?");
  await user.click(screen.getByRole("button", { name: "Edit this answer" }));
  expect(screen.getByRole("textbox")).toHaveValue("The first\n one!");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("textbox")).toBeNull());
  await user.click(screen.getByRole("button", { name: "Edit this answer" }));
  expect(screen.getByRole("textbox")).toHaveValue("The first\n one");
});
