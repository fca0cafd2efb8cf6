import { expect, type Page, test } from "@playwright/test";
import { answered, answerTokens, ask, expectClean, open, picture, settle } from "./steps";

test("a question edited is asked in a copy, an answer goes on from another token, and was cut where it can go on", async ({
  page,
}) => {
  await open(page);
  await settle(page);
  await ask(page, "What is the capital of France?");
  const original = page.url();

  await test.step("an alternative is taken and gone on with; what was given is told apart", async () => {
    await answerTokens(page).nth(2).hover();
    const facts = page.getByRole("group", { name: "About this token" });
    await expectClean(page);
    await facts
      .getByRole("button", { name: /^Take .* instead and go on$/ })
      .first()
      .click();
    const both = page.getByRole("region", { name: "Answers before and after" });
    await expect(both).toBeVisible();
    await answered(page);
    await expect(both).toContainText(/3 tokens given/);
    await expect(answerTokens(page).nth(2)).toHaveAttribute("data-given", "");
    await picture(page, "conversation-taken");
  });

  await test.step("the question is edited by the keyboard alone, in a copy that leads back", async () => {
    await answerTokens(page).first().focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("e");
    const field = page.getByRole("textbox", { name: "The question" });
    await expect(field).toBeFocused();
    await expectClean(page);
    await page.keyboard.type(" And of Spain?");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/The original is as it was/)).toBeVisible();
    await answered(page);
    await expectClean(page);
    await picture(page, "conversation-copy");
    await page.getByRole("link", { name: "back to “What is the capital of France?”" }).click();
    await expect(page.getByText("And of Spain?")).toHaveCount(0);
    await page.goBack();
    await expect(page.getByText(/The original is as it was/)).toBeVisible();
    expect(new URL(page.url()).searchParams.get("from")).toBe(new URL(original).searchParams.get("c"));
  });

  await test.step("an answer cut at its limit is continued", async () => {
    await page.getByRole("button", { name: "Sampling settings" }).click();
    await page.getByLabel("Most new tokens").fill("3");
    await page.getByRole("button", { name: "Close Sampling" }).click();
    await ask(page, "Tell a story about the sea.");
    await expect(answerTokens(page)).toHaveCount(3);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText(/after 3 given/)).toBeVisible();
    await expect(answerTokens(page)).toHaveCount(6);
  });
});

test("conversations are searched, renamed, exported, imported and deleted", async ({ page }) => {
  await open(page);
  await settle(page);
  await ask(page, "How many legs does a spider have?");
  await page.getByRole("button", { name: "Rename this conversation" }).click();
  await page.keyboard.type("Legs, counted");
  await page.keyboard.press("Enter");
  await expect(page.getByTitle("Legs, counted")).toBeVisible();

  await page.getByRole("button", { name: "Conversations" }).click();
  const list = page.getByRole("dialog", { name: "Conversations" });
  await list.getByRole("textbox", { name: "Search conversations" }).fill("legs, counted");
  await expect(list.getByText("1 conversation found")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("link", { name: /^Legs, counted/ })).toBeFocused();
  await list.getByRole("button", { name: "What can be done with Legs, counted" }).click();
  await expectClean(page);
  await picture(page, "conversation-list");

  const download = page.waitForEvent("download");
  await list.getByRole("button", { name: "Export Legs, counted" }).click();
  const file = await (await download).path();
  expect((await download).suggestedFilename()).toBe("conversation-legs-counted.json");
  await list.getByRole("button", { name: "Delete Legs, counted" }).click();
  await list.getByRole("button", { name: "Delete for good" }).click();
  await expect(list.getByText("No conversation has this text.")).toBeVisible();
  await list.getByLabel("Files to import").setInputFiles(file);
  await expect(list.getByText("Imported “Legs, counted”")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(answerTokens(page).first()).toBeVisible();

  await page.getByRole("button", { name: "Conversations" }).click();
  await list.getByRole("button", { name: "Delete all…" }).click();
  await expectClean(page);
  await list.getByRole("button", { name: /^Delete \d+ conversations?$/ }).click();
  await expect(list.getByText("None yet. The first question begins one.")).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
});

test("features are kept as a set, and the set is used", async ({ page }) => {
  await open(page, "/?steer=mlp.12.47.pos*mlp.3.17.neg%3Dx%40prompt");
  const name = `two features, ${Date.now()}`;
  await page.getByRole("button", { name: "What 2 features consists of" }).click();
  await page.getByRole("button", { name: "Save as a set…" }).click();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Saved as the set “${name}”`)).toBeVisible();
  await page.getByRole("button", { name: "Remove all" }).click();
  await page.getByText("Sets of features").click();
  await expectClean(page);
  await page.getByRole("button", { name: `Suppress the set ${name}` }).click();
  await expect(page.getByRole("switch", { name: `${name} is on` })).toBeChecked();
  await picture(page, "sets");
});

/** The stop of the tour that is shown. */
function stop(page: Page, name: string) {
  return page.getByRole("dialog", { name });
}

test("a first visit is shown around, at every size, and once", async ({ page }) => {
  for (const width of [360, 800, 1440]) {
    await page.setViewportSize({ width, height: 760 });
    await page.goto("/");
    for (const name of ["Ask", "Point at a word", "See why", "Change the model", "Find the rest"]) {
      await expect(stop(page, name)).toBeInViewport({ ratio: 1 });
      await expectClean(page);
      await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Pellucid" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.evaluate(() => localStorage.clear());
  }
});
