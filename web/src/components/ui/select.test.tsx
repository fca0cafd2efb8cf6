import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Select } from "./select";

const OPTIONS = [
  { value: "prompt", text: "in the question" },
  { value: "all", text: "everywhere" },
];

test("it has a name, shows what is chosen in words, and hands on the value", async () => {
  const onChange = vi.fn();
  render(<Select label="Where" value="all" options={OPTIONS} onChange={onChange} />);
  const field = screen.getByRole("combobox", { name: "Where" });
  expect(field).toHaveDisplayValue("everywhere");
  await userEvent.setup().selectOptions(field, "in the question");
  expect(onChange).toHaveBeenCalledExactlyOnceWith("prompt");
});
