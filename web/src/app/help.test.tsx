import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Help } from "./help";

test("the help leads to the tour, and to what programs can ask", async () => {
  const onTour = vi.fn();
  render(<Help open onOpenChange={() => undefined} onTour={onTour} />);
  expect(screen.getByRole("link", { name: "HTTP API" })).toHaveAttribute("href", "/api/docs");
  await userEvent.setup().click(screen.getByRole("button", { name: "Take the tour again" }));
  expect(onTour).toHaveBeenCalledOnce();
});
