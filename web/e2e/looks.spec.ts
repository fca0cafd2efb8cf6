import { expect, type Page, test } from "@playwright/test";
import { answerTokens, ask, expectClean, explained, open, picture, settle } from "./steps";

const SIZES = [
  { width: 360, height: 740 },
  { width: 1024, height: 760 },
  { width: 1600, height: 950 },
] as const;

test("every size in both themes is clean and nothing leaves the page", async ({ page }) => {
  await page.setViewportSize(SIZES[2]);
  await open(page);
  await settle(page);
  await ask(page, "How many legs does a spider have?");
  await answerTokens(page).nth(3).click();
  await explained(page);
  await page
    .getByRole("button", { name: /^What can be done with mlp\./ })
    .first()
    .click();
  for (const size of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      for (const pane of size.width < 640 ? ["Chat", "Why", "Steer"] : ["whole"]) {
        if (pane !== "whole") await page.getByRole("tab", { name: new RegExp(`^${pane}`) }).click();
        await expectFit(page, `${size.width}-${colorScheme}-${pane.toLowerCase()}`);
      }
    }
});

test("a card is clean at every size in both themes, and opens by its link alone", async ({ page }) => {
  await open(page, "/?card=mlp.12.47.pos&pane=why");
  const card = page.locator("article[aria-labelledby=card-title]");
  await expect(
    card.getByRole("list", { name: "Exemplars, strongest first" }).or(card.getByText(/no atlas/)),
  ).toBeVisible();
  for (const size of SIZES)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await expect(card).toBeVisible();
      await expectFit(page, `card-${size.width}-${colorScheme}`);
    }
});

async function expectFit(page: Page, name: string): Promise<void> {
  await expectClean(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, name).toBeLessThanOrEqual(0);
  await picture(page, name);
}

test("the empty page, the list, the help", async ({ page }) => {
  await open(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `empty-${colorScheme}`);
    for (const name of ["Conversations", "Help and keys"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectClean(page);
      await picture(page, `${name.split(" ")[0]?.toLowerCase()}-${colorScheme}`);
      await page.keyboard.press("Escape");
    }
  }
});

test("what was typed survives every change of width", async ({ page }) => {
  await open(page);
  const field = page.getByRole("textbox", { name: "Your question" });
  await field.fill("half a question");
  for (const width of [800, 380, 800, 1300]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(field).toHaveValue("half a question");
  }
});
