import { expect, test } from "@playwright/test";
import { answered, answerTokens, ask, expectClean, explained, open, picture, settle } from "./steps";

test("from a question to a changed answer, on the real model", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));

  await open(page);
  await expectClean(page);
  await settle(page);
  await ask(page, "Which is bigger: 9.8 or 9.11?");
  const first = await answerTokens(page).allTextContents();
  expect(first.length).toBeGreaterThan(3);

  await test.step("pointing at a token shows how likely it was", async () => {
    await answerTokens(page).nth(2).hover();
    const facts = page.getByRole("group", { name: "About this token" });
    await expect(facts).toContainText("%");
    await expect(facts.getByRole("button", { name: /why not/i }).first()).toBeVisible();
    await expectClean(page);
    await picture(page, "loop-1-token");
    await facts.getByRole("button", { name: "Why this?" }).click();
  });

  await test.step("estimates come first and turn into measurements", async () => {
    await explained(page);
    await expect(page.locator('[data-measured="false"]').first()).toBeVisible();
    const rows = page.getByRole("list", { name: "Features, largest estimate first" }).getByRole("listitem");
    for (const row of [0, 9, 19]) await expect(rows.nth(row)).toContainText(", measured,");
    await expectClean(page);
    await picture(page, "loop-2-why");
  });

  await test.step("a feature is verified and suppressed from its row", async () => {
    await page
      .getByRole("button", { name: /^What can be done with mlp\./ })
      .first()
      .click();
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await expect(page.getByRole("article", { name: /^Verification of mlp/ })).toContainText(
      /Within chance|promotes the|holds back the/,
      {
        timeout: 180_000,
      },
    );
    await page.getByRole("button", { name: "Suppress", exact: true }).click();
    await expectClean(page);
    await picture(page, "loop-3-row");
  });

  await test.step("a feature opens as a card over the list, and the way back leads to its row", async () => {
    const link = page.getByRole("link", { name: /^mlp\./ }).first();
    const name = (await link.textContent()) ?? "";
    await link.click();
    const card = page.locator("article[aria-labelledby=card-title]");
    await expect(card.getByText(name, { exact: true })).toBeVisible();
    await card.getByRole("textbox", { name: "Text to read for this feature" }).fill("Is 9.8 a number?");
    await card.getByRole("button", { name: "Read it" }).click();
    await expect(card.getByRole("group", { name: /^Your text/ })).toBeVisible();
    await expect(answerTokens(page).first()).toBeVisible();
    await expectClean(page);
    await picture(page, "loop-3-card");
    await page.keyboard.press("Escape");
    await expect(link).toBeFocused();
  });

  await test.step("asked again, the answers stand side by side", async () => {
    await page.getByRole("button", { name: "Ask again with 1 change" }).last().click();
    const both = page.getByRole("region", { name: "Answers before and after" });
    await expect(both).toBeVisible();
    await answered(page);
    await expect(both).toContainText(/Before nothing changed/);
    await expect(both).toContainText(/After mlp\.\S+ suppressed (in the prompt|everywhere)/);
    await expectClean(page);
    await picture(page, "loop-4-after");
  });

  await test.step("what is explained then is the changed model, and a link reopens it", async () => {
    await answerTokens(page).nth(2).click();
    await explained(page);
    await expect(page.getByText(/in the model as changed/)).toBeVisible();
    const address = page.url();
    await open(page, address);
    await explained(page);
    await expect(page.getByRole("region", { name: "Answers before and after" })).toBeVisible();
    expect(page.url()).toBe(address);
  });
  expect(complaints).toEqual([]);
});

test("by keyboard alone: ask, walk, explain, ask rather than", async ({ page }) => {
  await open(page);
  await settle(page);
  await page.getByRole("textbox", { name: "Your question" }).focus();
  await page.keyboard.type("What is the capital of France?");
  await page.keyboard.press("Enter");
  await answered(page);
  await answerTokens(page).first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("group", { name: "About this token" })).toBeVisible();
  await page.keyboard.press("Enter");
  await explained(page);
  await page.getByLabel("Rather than").selectOption({ index: 1 });
  await explained(page);
  expect(new URL(page.url()).searchParams.get("vs")).not.toBeNull();
  await page.keyboard.press("Escape");
});

test("a stopped answer is kept as far as it came", async ({ page }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Your question" }).fill("Tell a long story about the sea.");
  await page.keyboard.press("Enter");
  await expect(answerTokens(page).nth(4)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText(/Stopped/)).toBeVisible();
  const written = await answerTokens(page).allTextContents();
  await page.reload();
  await expect(page.getByText(/Stopped/)).toBeVisible();
  const kept = (await answerTokens(page).allTextContents()).join("");
  expect(kept.startsWith(written.slice(0, 4).join(""))).toBe(true);
});
