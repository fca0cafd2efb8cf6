import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Layout } from "./layout";

let width = 1300;
const turned = new Set<() => void>();

/** As the browser tells the width of its window. */
vi.stubGlobal("matchMedia", (query: string) => ({
  get matches() {
    return width >= Number(/width >= (\d+)px/.exec(query)?.[1] ?? Number.POSITIVE_INFINITY);
  },
  addEventListener: (_: string, changed: () => void) => turned.add(changed),
  removeEventListener: (_: string, changed: () => void) => turned.delete(changed),
}));

function turn(to: number): void {
  act(() => {
    width = to;
    for (const changed of [...turned]) changed();
  });
}

let broken = false;

function Why() {
  if (broken) throw new Error("no such layer");
  return <p>why</p>;
}

function show(at: number, address = "/") {
  width = at;
  broken = false;
  history.replaceState(null, "", address);
  const page = () => <Layout chat={<input aria-label="question" />} why={<Why />} steer={<p>steer</p>} changes={2} />;
  const { rerender } = render(page());
  return { user: userEvent.setup(), again: () => rerender(page()) };
}

test("from 1,000 px on there are two columns, all of it in view", () => {
  show(1000);
  expect(screen.getByRole("separator")).toBeVisible();
  for (const name of ["why", "steer"]) expect(screen.getByText(name)).toBeVisible();
  expect(screen.queryByRole("tablist")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("below 1,000 px the right column is a sheet over a conversation that stays in use", async () => {
  const { user } = show(999);
  expect(screen.queryByText("why")).toBeNull();
  expect(screen.queryByRole("tablist")).toBeNull();
  act(() => {
    history.replaceState(null, "", "/?pane=why");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  expect(screen.getByRole("dialog", { name: "Explanation and changes" })).toHaveTextContent("why");
  await user.click(screen.getByRole("tab", { name: "Steer (2)" }));
  expect(location.search).toBe("?pane=steer");
  expect(screen.getByText("steer")).toBeVisible();
  await user.type(screen.getByLabelText("question"), "still typing");
  expect(screen.getByRole("dialog")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Close Explanation and changes" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(location.search).toBe("");
});

test("below 640 px there are tabs", async () => {
  const { user } = show(639);
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual(["Chat", "Why", "Steer (2)"]);
  expect(screen.getByRole("tab", { name: "Chat" })).toHaveAttribute("aria-selected", "true");
  await user.click(screen.getByRole("tab", { name: "Why" }));
  expect(screen.getByText("why")).toBeVisible();
  expect(screen.getByLabelText("question").closest(".hidden")).not.toBeNull();
  expect(location.search).toBe("?pane=why");
});

test("turning the window keeps what was typed", async () => {
  const { user } = show(1300, "/?pane=why");
  await user.type(screen.getByLabelText("question"), "half a question");
  for (const to of [800, 380, 800, 1300]) {
    turn(to);
    expect(screen.getByLabelText("question")).toHaveValue("half a question");
    expect(screen.getByText("why")).toBeInTheDocument();
  }
});

test("a mistake in one column leaves the others, and what was typed there", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { user, again } = show(1300);
  await user.type(screen.getByLabelText("question"), "half a question");
  broken = true;
  again();
  expect(screen.getByRole("alert")).toHaveTextContent("The explanation cannot be shown");
  expect(screen.getByText("steer")).toBeVisible();
  expect(screen.getByLabelText("question")).toHaveValue("half a question");
});
