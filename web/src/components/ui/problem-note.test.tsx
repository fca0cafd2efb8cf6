import { render, screen } from "@testing-library/react";
import { makeProblem } from "@/testing/builders";
import { ProblemNote } from "./problem-note";

const note = (): HTMLElement => screen.getByRole("alert");

test("an error says what, why and what instead, and markup in it is text", () => {
  render(
    <ProblemNote problem={makeProblem({ what: "no <b>such</b> thing" })}>
      <button type="button">Again</button>
    </ProblemNote>,
  );
  expect(note()).toHaveTextContent("no <b>such</b> thing9,000 needed, 2,048 is the limitInstead: ask a shorter one");
  expect(screen.getByRole("button", { name: "Again" })).toBeVisible();
  expect(note()).not.toHaveTextContent("Again in");
});

test("where the server says when, that is said once", () => {
  const busy = { what: "32 questions are waiting already", why: "", instead: "try again in 12 s", retry_after_s: 12.4 };
  const { rerender } = render(<ProblemNote problem={makeProblem(busy)} />);
  expect(note()).toHaveTextContent(/^32 questions are waiting alreadyAgain in about 12 s$/);
  rerender(<ProblemNote problem={makeProblem({ ...busy, instead: "ask fewer at once", retry_after_s: 0.2 })} />);
  expect(note()).toHaveTextContent(/Instead: ask fewer at onceAgain in about 1 s$/);
});
