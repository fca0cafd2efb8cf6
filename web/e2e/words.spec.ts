import { expect, test } from "@playwright/test";
import { answered, answerTokens, ask, expectClean, explained, open, picture, settle } from "./steps";

const SIZES = [
  { width: 390, height: 800 },
  { width: 768, height: 900 },
  { width: 1280, height: 860 },
] as const;

test("features are found in words, opened in place and suppressed", async ({ page }) => {
  await open(page);
  await settle(page);
  await ask(page, "How many months does a year have?");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Pellucid" }).click();
  await page.keyboard.press("/");
  const field = page.getByRole("textbox", { name: "Search features" });
  await expect(field).toBeFocused();
  await field.fill("months of the year");
  const hits = page.getByRole("list", { name: "Features found, best first" }).getByRole("listitem");
  await expect(hits.first()).toContainText("score");
  for (const size of SIZES)
    for (const colorScheme of ["dark", "light"] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await expectClean(page);
      await picture(page, `search-${size.width}-${colorScheme}`);
    }
  await field.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article").getByRole("region", { name: "In words" })).toBeVisible();
  await expect(answerTokens(page).first()).toBeVisible();
  await expectClean(page);
  await picture(page, "words-card");
  await page.keyboard.press("Escape");
  await expect(hits.first().getByRole("link")).toBeFocused();
  await hits
    .first()
    .getByRole("button", { name: /^Suppress/ })
    .click();
  await expect(hits.first().getByRole("button", { name: /^Undo/ })).toBeVisible();
  await answerTokens(page).nth(1).click();
  await explained(page);
});

test("a concept is named, looked through, applied, and the answers stand side by side", async ({ page }) => {
  await open(page);
  await settle(page);
  await ask(page, "Which month comes after May?");
  await page.getByRole("textbox", { name: "Concept to suppress or to strengthen" }).fill("months of the year");
  await page.getByRole("button", { name: "Suppress this concept" }).click();
  const picks = page.getByRole("list", { name: "Features of this change" }).getByRole("listitem");
  await expect(picks.first()).toContainText("mlp.");
  await picks.first().getByRole("button").click();
  await page.getByText("Advanced").click();
  await expectClean(page);
  await picture(page, "words-concept");
  await page.getByRole("button", { name: "Ask again with 1 change" }).last().click();
  const both = page.getByRole("region", { name: "Answers before and after" });
  await expect(both).toContainText("“months of the year” suppressed in the prompt");
  await answered(page);
  await answerTokens(page).nth(1).click();
  await explained(page);
  await expect(page.locator("[data-sureness]").first()).toBeVisible();
  await expectClean(page);
  await picture(page, "words-after");
});
