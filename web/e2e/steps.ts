import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Opens the page and waits until the model is there; the first time it has to be unpacked. The tour of a first visit is
 * taken for done.
 */
export async function open(page: Page, address = "/"): Promise<void> {
  await page.addInitScript(() => localStorage.setItem("pellucid.tour", "done"));
  await page.goto(address);
  await expect(page.getByPlaceholder("Ask a question")).toBeVisible({ timeout: 180_000 });
}

/** Short answers, always the same. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sampling settings" }).click();
  await page.getByLabel("Most new tokens").fill("24");
  await page.getByLabel("Temperature").fill("0");
  await page.getByRole("button", { name: "Close Sampling" }).click();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your question" }).fill(question);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await answered(page);
}

export async function answered(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/\d+ tokens? · /)).toBeVisible();
}

/** Tokens of the answer looked at last. */
export function answerTokens(page: Page): Locator {
  const conversation = page.getByRole("region", { name: "Conversation", exact: true });
  return conversation.locator("p.font-read").last().locator(".token");
}

export async function explained(page: Page): Promise<void> {
  await expect(page.getByRole("list", { name: "Features, largest estimate first" })).toBeVisible();
}

export async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) }))).toEqual([]);
}

export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ animations: "disabled", path: `e2e/artifacts/${name}.png` });
}
