import { render, screen } from "@testing-library/react";
import { SummaryText } from "./summary-text";

test("markup in a description is text, and a low score is said", () => {
  const markup = "HTML <b>tags</b> & <script>alert(1)</script>";
  const { container } = render(<SummaryText summary={markup} description={`Fires on ${markup}.`} score={0.12} />);
  expect(screen.getByText(markup)).toBeVisible();
  expect(container.querySelector("b, script")).toBeNull();
  expect(screen.getByTitle(`Fires on ${markup}. Score 0.12.`)).toHaveTextContent(`unsure${markup}score 0.12`);
});

test("a description that predicts well carries no warning", () => {
  render(<SummaryText summary="months of the year" description={null} score={0.7} />);
  expect(screen.queryByText("unsure")).toBeNull();
  expect(screen.getByTitle("months of the year Score 0.70.")).toHaveAttribute("data-sureness", "sure");
});

test("the score stands beside the words, outside of what is cut off, unless it is drawn there", () => {
  const { rerender } = render(<SummaryText summary="months" description={null} score={0.7} cut />);
  expect(screen.getByText("0.70")).toBeVisible();
  expect(screen.getByText("months").closest(".truncate")).not.toHaveTextContent("0.70");
  rerender(<SummaryText summary="months" description={null} score={0.7} drawn />);
  expect(screen.queryByText("0.70")).toBeNull();
});
