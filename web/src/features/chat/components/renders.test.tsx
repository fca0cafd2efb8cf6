import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { Run } from "@/api/types";
import { usePointing } from "@/lib/pointing";
import { surprise } from "@/lib/probability";
import { go } from "@/lib/view-state";
import { makeConversation, makeRun, makeTokens } from "@/testing/builders";
import { Transcript } from "./transcript";

// Every token asks for its surprise once, each time it is rendered.
vi.mock("@/lib/probability", async (actual) => {
  const real = await actual<typeof import("@/lib/probability")>();
  return { ...real, surprise: vi.fn(real.surprise) };
});

const SAID = 1000;

function longRun(n: number): Run {
  const run = makeRun({ state: "running" });
  const said = makeTokens(
    Array.from({ length: n }, (_, i) => ` word${i}`),
    {},
    run.n_prompt,
  );
  return { ...run, tokens: [...run.tokens.slice(0, run.n_prompt), ...said] };
}

const edits = { save: () => Promise.resolve(), stop: () => undefined, waiting: null, busy: true };
const shown = {
  pending: null,
  beside: undefined,
  markers: false,
  surprise: false,
  onWhy: () => undefined,
  onGoOn: null,
  edits,
};

/** How many tokens are rendered meanwhile. */
async function rendered(doing: () => unknown): Promise<number> {
  vi.mocked(surprise).mockClear();
  await doing();
  return vi.mocked(surprise).mock.calls.length;
}

test("of a thousand tokens only those concerned are rendered again", async () => {
  const user = userEvent.setup();
  const run = longRun(SAID);
  const transcript = (of: Run) => <Transcript {...shown} conversation={makeConversation([of])} run={of} />;
  vi.mocked(surprise).mockClear();
  const { rerender } = render(transcript(run));
  expect(surprise).toHaveBeenCalledTimes(SAID + 3);
  await user.tab();

  const [few, end] = [6, makeTokens([" end"], {}, run.tokens.length)];
  expect(await rendered(() => user.keyboard("{ArrowRight}"))).toBeLessThanOrEqual(few);
  expect(await rendered(() => user.hover(screen.getByText("word500")))).toBeLessThanOrEqual(few);
  expect(await rendered(() => act(() => usePointing.getState().point({ run: run.id, pos: 500 })))).toBeLessThanOrEqual(
    few,
  );
  expect(await rendered(() => act(() => go({ token: 300 })))).toBeLessThanOrEqual(few);
  expect(await rendered(() => user.keyboard("{Shift>}{ArrowRight}{/Shift}"))).toBeLessThanOrEqual(few);
  expect(await rendered(() => act(() => go({ steer: "mlp.1.2.pos=x@prompt" })))).toBe(0);
  expect(await rendered(() => rerender(transcript({ ...run, tokens: [...run.tokens, ...end] })))).toBeLessThanOrEqual(
    few,
  );
  expect(screen.getByText("end")).toBeVisible();
});

test("beside another answer, one more token renders no more than itself and what it moves", async () => {
  const before = { ...longRun(SAID), id: "r0", state: "done" as const };
  const said = makeTokens([" other", ...Array.from({ length: SAID - 1 }, (_, i) => ` word${i}`)], {}, before.n_prompt);
  const run = { ...longRun(0), tokens: [...before.tokens.slice(0, before.n_prompt), ...said] };
  const transcript = (of: Run) => (
    <Transcript {...shown} conversation={makeConversation([before, of])} run={of} beside={before} />
  );
  vi.mocked(surprise).mockClear();
  const { rerender } = render(transcript(run));
  expect(surprise).toHaveBeenCalledTimes(2 * SAID + 3);
  const end = makeTokens([` word${SAID - 1}`], {}, run.tokens.length);
  expect(await rendered(() => rerender(transcript({ ...run, tokens: [...run.tokens, ...end] })))).toBeLessThanOrEqual(
    4,
  );
  expect(document.querySelectorAll("[data-changed]")).toHaveLength(1);
});
