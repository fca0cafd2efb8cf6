import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Sheet } from "@/components/ui/sheet";
import { useKeys } from "./use-keys";

const keys = { help: vi.fn(), undo: vi.fn(), redo: vi.fn() };

function Page({ modal }: { modal: boolean | null }) {
  useKeys(keys);
  return (
    <Sheet open={modal !== null} onOpenChange={() => undefined} title="Words" side="middle" modal={modal ?? true}>
      inside
    </Sheet>
  );
}

async function pressAll(): Promise<void> {
  await userEvent.setup().keyboard("?/{Control>}z{/Control}{Control>}{Shift>}z{/Shift}{/Control}");
}

beforeEach(() => vi.clearAllMocks());

test("under a modal sheet no key of the page acts", async () => {
  render(<Page modal />);
  await pressAll();
  act(() => screen.getByRole("dialog").blur());
  await pressAll();
  for (const act of Object.values(keys)) expect(act).not.toHaveBeenCalled();
  expect(location.search).toBe("");
});

test.each([false, null])("beside one that is not modal, or none, they all do: %s", async (modal) => {
  render(<Page modal={modal} />);
  await pressAll();
  for (const act of Object.values(keys)) expect(act).toHaveBeenCalledOnce();
  expect(new URLSearchParams(location.search).get("q")).toBe("");
});
