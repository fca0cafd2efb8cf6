import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { FeatureSet } from "@/api/types";
import { formatSets } from "@/features/sets/model/file";
import { makeFeatureSet, makeProblem } from "@/testing/builders";
import { renderWith } from "@/testing/render";
import { server } from "@/testing/server";
import { SaveSet } from "./save-set";
import { SetList } from "./set-list";

let kept: FeatureSet[] = [];

function serve(sets: FeatureSet[]): void {
  kept = sets;
  const taken = makeProblem({ status: 422, what: "there is a set of this name", instead: "choose another name" });
  server.use(
    http.get("*/api/sets", () => HttpResponse.json(kept)),
    http.post("*/api/sets", async ({ request }) => {
      const asked = (await request.json()) as Pick<FeatureSet, "name" | "features" | "note">;
      if (kept.some((set) => set.name === asked.name)) return HttpResponse.json(taken, { status: 422 });
      const made = makeFeatureSet({ ...asked, id: `s${kept.length + 1}` });
      kept = [...kept, made];
      return HttpResponse.json(made, { status: 201 });
    }),
    http.patch("*/api/sets/:id", async ({ params, request }) => {
      const { name } = (await request.json()) as { name: string };
      if (kept.some((set) => set.name === name)) return HttpResponse.json(taken, { status: 422 });
      kept = kept.map((set) => (set.id === params.id ? { ...set, name } : set));
      return HttpResponse.json(kept.find((set) => set.id === params.id));
    }),
    http.delete("*/api/sets/:id", ({ params }) => {
      kept = kept.filter((set) => set.id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

async function list(sets: FeatureSet[], strengths = true) {
  serve(sets);
  const onUse = vi.fn();
  const user = userEvent.setup();
  renderWith(<SetList strengths={strengths} onUse={onUse} />);
  await user.click(screen.getByText("Sets of features"));
  return { user, onUse };
}

test("features are saved under a name; one that is taken stays in the field, Esc gives it up", async () => {
  serve([makeFeatureSet()]);
  const user = userEvent.setup();
  renderWith(<SaveSet features={["mlp.0.1.pos"]} name="months" />);
  await user.click(screen.getByRole("button", { name: "Save as a set…" }));
  expect(screen.getByRole("textbox", { name: "Name of the set" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("choose another name");
  expect(screen.getByRole("textbox", { name: "Name of the set" })).toHaveValue("months");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("textbox")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Save as a set…" }));
  await user.type(screen.getByRole("textbox", { name: "Name of the set" }), " of spring{Enter}");
  expect(await screen.findByText("Saved as the set “months of spring”")).toBeVisible();
  expect(kept.at(-1)).toMatchObject({ name: "months of spring", features: ["mlp.0.1.pos"] });
});

test("a set is used at one press, either way", async () => {
  const set = makeFeatureSet();
  const { user, onUse } = await list([set]);
  await user.click(await screen.findByRole("button", { name: "Suppress the set months" }));
  expect(onUse).toHaveBeenLastCalledWith(set, false);
  await user.click(screen.getByRole("button", { name: "Strengthen the set months" }));
  expect(onUse).toHaveBeenLastCalledWith(set, true);
});

test("without an atlas nothing is strengthened; a set too large for a change says so", async () => {
  const features = Array.from({ length: 501 }, (_, i) => `mlp.0.${i}.pos`);
  const { user } = await list([makeFeatureSet({ features, note: "a note" })], false);
  expect(await screen.findByRole("button", { name: "Suppress the set months" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: /^Strengthen/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "What can be done with the set months" }));
  expect(screen.getByText("More than 500 features: too many for one change.")).toBeVisible();
  expect(screen.getByText("and 481 more")).toBeVisible();
  expect(screen.getByText("a note")).toBeVisible();
});

test("a set is renamed, a name that is taken is refused, and it is deleted after asking once", async () => {
  const { user } = await list([makeFeatureSet(), makeFeatureSet({ id: "s2", name: "days" })]);
  await user.click(await screen.findByRole("button", { name: "What can be done with the set months" }));
  await user.click(screen.getByRole("button", { name: "Rename the set months" }));
  await user.keyboard("days{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("there is a set of this name");
  await user.keyboard("{Control>}a{/Control}weeks{Enter}");
  await user.click(await screen.findByRole("button", { name: "Delete the set weeks" }));
  await user.click(screen.getByRole("button", { name: "Delete for good" }));
  await waitFor(() => expect(screen.queryByText("weeks")).toBeNull());
  expect(kept.map((set) => set.name)).toEqual(["days"]);
});

test("sets come out of a file, those that are there already only once", async () => {
  const { user } = await list([makeFeatureSet()]);
  const other = { name: "months", features: ["mlp.9.9.pos"], note: null };
  const file = new File([formatSets([makeFeatureSet(), other])], "sets.json", { type: "application/json" });
  await user.upload(screen.getByLabelText("Files of sets to import"), file);
  expect(await screen.findByText("1 set imported; 1 set was there already.")).toBeVisible();
  expect(await screen.findByText("months (2)")).toBeVisible();
});

test("a wrong file is refused with what is wrong, and nothing of it is kept", async () => {
  const { user } = await list([]);
  expect(await screen.findByText(/^None yet/)).toBeVisible();
  await user.upload(
    screen.getByLabelText("Files of sets to import"),
    new File(["[]"], "a.json", { type: "text/json" }),
  );
  expect(await screen.findByRole("alert")).toHaveTextContent("this is no file of feature sets");
  expect(kept).toEqual([]);
});

test("one set, or all, is exported", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined });
  const { user } = await list([makeFeatureSet()]);
  await user.click(await screen.findByRole("button", { name: "What can be done with the set months" }));
  await user.click(screen.getByRole("button", { name: "Export the set months" }));
  await user.click(screen.getByRole("button", { name: "Export all" }));
  expect(saved).toEqual(["features-months.json", "feature-sets.json"]);
});

test("Enter and Esc of what composes letters rename nothing; after a name or a delete given up the focus is back", async () => {
  const { user } = await list([makeFeatureSet()]);
  await user.click(await screen.findByRole("button", { name: "What can be done with the set months" }));
  await user.click(screen.getByRole("button", { name: "Rename the set months" }));
  const field = screen.getByRole("textbox", { name: "Another name for the set months" });
  await user.keyboard("つき");
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  fireEvent.keyDown(field, { key: "Escape", isComposing: true });
  expect(field).toBeVisible();
  expect(kept[0]?.name).toBe("months");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Rename the set つき" })).toHaveFocus());
  await user.click(screen.getByRole("button", { name: "Delete the set つき" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Delete the set つき" })).toHaveFocus());
});
