import { render, screen } from "@testing-library/react";
import { makeSubject } from "@/testing/builders";
import { SubjectStatus } from "./subject-status";

test("a server started anew says where to go, and that nothing typed is lost", () => {
  render(<SubjectStatus subject={makeSubject()} offline={false} locked />);
  expect(screen.getByRole("status")).toHaveTextContent(
    "The server was started anew. Open the address it printed; what you typed is still here.",
  );
});

test("a model that is there says nothing", () => {
  const { container } = render(<SubjectStatus subject={makeSubject()} offline={false} locked={false} />);
  expect(container).toBeEmptyDOMElement();
});
