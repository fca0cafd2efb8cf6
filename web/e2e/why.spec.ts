import { expect, test } from "@playwright/test";
import { answerTokens, ask, expectClean, explained, open, picture, settle } from "./steps";

test("effects stand by feature, layer and position, on a map, and beside what is active", async ({ page }) => {
  await open(page);
  await settle(page);
  await ask(page, "Which is bigger: 9.8 or 9.11?");
  await answerTokens(page).nth(1).click();
  await explained(page);
  const map = page.getByRole("application", { name: /^Layers and tokens/ });
  const told = page.getByText(/^layer \d+, token \d+/);
  const rows = page.getByRole("list", { name: "Features, largest estimate first" }).getByRole("listitem");
  await expect(page.getByText(/one joint ablation of \d+ sites/)).toBeVisible({ timeout: 180_000 });
  await picture(page, "why-1-list");

  await test.step("a row lights the tokens where its feature fires, and a token marks its rows", async () => {
    await expect(async () => {
      await rows.nth(1).hover();
      await rows.first().hover();
      await expect(page.locator(".token[data-fires]").first()).toBeVisible({ timeout: 1000 });
    }).toPass();
    await picture(page, "why-2-fires");
    await page.locator(".token[data-lit]").first().hover();
    await expect(page.locator("[data-row][data-met=stands]").first()).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("by keyboard a cell of the map is said and chosen", async () => {
    await map.focus();
    await page.keyboard.press("ArrowLeft");
    await expect(told).toContainText(/“.+”/);
    await expect(page.getByText(/^[+0].* nats promoted, [−0].* held back$/)).toBeVisible();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/of the \d+ features listed (is|are) in layer \d+ at token \d+/)).toBeVisible();
    expect(new URL(page.url()).searchParams.get("in")).toMatch(/^\d+@\d+:\d+$/);
    await expectClean(page);
    await picture(page, "why-3-cell");
    await map.focus();
    await page.keyboard.press("Escape");
    await expect(rows.nth(9)).toBeVisible();
  });

  await test.step("a layer opens into its features, and a link reopens it", async () => {
    await page.getByLabel("Effects", { exact: true }).selectOption("layer");
    await page
      .getByRole("button", { name: /^Features of layer/ })
      .first()
      .click();
    await expect(page.getByText(/^All sites there, listed or not:/)).toBeVisible();
    await expectClean(page);
    await picture(page, "why-4-layer");
    await page.reload();
    await expect(page.getByText(/^All sites there, listed or not:/)).toBeVisible();
    await page.getByLabel("Effects", { exact: true }).selectOption("");
  });

  await test.step("features chosen are verified together", async () => {
    for (const row of [0, 1]) await rows.nth(row).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await expect(page.getByRole("article", { name: /^Verification of 2 features/ })).toContainText(
      /Within chance|promote the|hold back the/,
      { timeout: 180_000 },
    );
    await expectClean(page);
    await picture(page, "why-5-verified");
    await page.getByRole("button", { name: "Clear", exact: true }).click();
  });

  await test.step("what is active takes its place", async () => {
    await page.getByRole("button", { name: "Active", exact: true }).click();
    await expect(page.getByRole("list", { name: "Features, farthest out first" })).toBeVisible();
    await expectClean(page);
    await picture(page, "why-6-active");
  });
});
