import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Boundary } from "./boundary";

let broken = true;

function Part() {
  if (broken) throw new TypeError("x is undefined");
  return <p>the part</p>;
}

test("a mistake in one part is said there, leaves what was typed elsewhere, and can be tried again", async () => {
  // React tells of every error that a boundary catches.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  broken = false;
  const page = (key: number) => (
    <>
      <Boundary name="The conversation">
        <input aria-label="question" />
      </Boundary>
      <Boundary name="The explanation">
        <Part key={key} />
      </Boundary>
    </>
  );
  const { rerender } = render(page(0));
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("question"), "half a question");
  broken = true;
  rerender(page(1));
  expect(screen.getByRole("alert")).toHaveTextContent("The explanation cannot be shown");
  expect(screen.getByRole("alert")).toHaveTextContent("x is undefined");
  expect(screen.getByLabelText("question")).toHaveValue("half a question");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(screen.getByRole("alert")).toBeVisible();
  broken = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(screen.getByText("the part")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});
