import { expect, test } from "@playwright/test";
import { Server } from "./server";
import { answered, answerTokens, ask, expectClean, explained, open, picture, settle } from "./steps";

const SCRIPT = `<img src=x onerror="window.hurt = 1"><script>window.hurt = 1</script>`;

test("a killed server is waited for, and what it had written is there when it is back", async ({ page }) => {
  const server = new Server(8793);
  try {
    await server.start();
    await open(page, server.url);
    await page.getByRole("textbox", { name: "Your question" }).fill("Tell a long story about the sea.");
    await page.keyboard.press("Enter");
    await expect(answerTokens(page).nth(20)).toBeVisible();
    const written = await answerTokens(page).allTextContents();
    await server.kill();
    await expect(page.getByText("The server is out of reach.")).toBeVisible();
    await page.getByRole("textbox", { name: "Your question" }).fill("half a question");
    await expectClean(page);
    await picture(page, "states-lost");
    const address = page.url();
    await server.start();
    await expect(page.getByText("The server is out of reach.")).toBeHidden();
    await expect(page.getByPlaceholder("Ask a question")).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole("textbox", { name: "Your question" })).toHaveValue("half a question");
    expect(page.url()).toBe(address);
    await expect(page.getByText("Tell a long story about the sea.").first()).toBeVisible();
    const kept = await answerTokens(page).allTextContents();
    expect(kept.length).toBeGreaterThan(4);
    expect(written.join("").startsWith(kept.slice(0, written.length).join(""))).toBe(true);
    await expectClean(page);
    await picture(page, "states-back");
    await page.getByRole("textbox", { name: "Your question" }).fill("Go on.");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
    await page.getByRole("button", { name: "Stop" }).click();
  } finally {
    await server.remove();
  }
});

test("two tabs: each its own conversation and steering, and turns in a line that is shown", async ({ context }) => {
  const [one, other] = [await context.newPage(), await context.newPage()];
  await open(one);
  await settle(one);
  await ask(one, "What is the capital of France?");
  await open(other, "/?steer=mlp.12.47.pos%3Dx%40prompt");
  await expect(other.getByText("with 1 change", { exact: true })).toBeVisible();
  await expect(one.getByText("with 1 change", { exact: true })).toHaveCount(0);

  await test.step("the second waits until the first has been answered", async () => {
    await one.getByRole("button", { name: "Sampling settings" }).click();
    await one.getByLabel("Most new tokens").fill("120");
    await one.getByRole("button", { name: "Close Sampling" }).click();
    await one.getByRole("textbox", { name: "Your question" }).fill("Tell a long story about the sea.");
    await one.keyboard.press("Enter");
    await expect(answerTokens(one).nth(2)).toBeVisible();
    await other.getByRole("textbox", { name: "Your question" }).fill("How many legs does a spider have?");
    await other.keyboard.press("Enter");
    await expect(other.getByText(/requests? ahead/)).toBeVisible();
    await expectClean(other);
    await picture(other, "states-line");
    await one.getByRole("button", { name: "Stop" }).click();
    await expect(answerTokens(other).first()).toBeVisible();
    await other.getByRole("button", { name: "Stop" }).click();
    await expect(one.getByText("How many legs does a spider have?")).toHaveCount(0);
  });

  await test.step("a conversation deleted in one is said to be gone in the other, and what was typed is there", async () => {
    const { pathname, search } = new URL(one.url());
    await other.goto(pathname + search);
    await expect(answerTokens(other).first()).toBeVisible();
    const id = new URL(one.url()).searchParams.get("c");
    await one.getByRole("button", { name: "Conversations" }).click();
    const list = one.getByRole("dialog", { name: "Conversations" });
    await list
      .getByRole("button", { name: /^What can be done with What is the capital of France/ })
      .first()
      .click();
    await list.getByRole("button", { name: /^Delete What/ }).click();
    await list.getByRole("button", { name: "Delete for good" }).click();
    expect((await one.request.get(`/api/conversations/${id}`)).status()).toBe(404);
    await other.getByRole("textbox", { name: "Your question" }).fill("And of Spain?");
    await other.keyboard.press("Enter");
    await expect(other.getByRole("button", { name: "Begin a new conversation" })).toBeVisible();
    await expect(other.getByRole("textbox", { name: "Your question" })).toHaveValue("And of Spain?");
    await expectClean(other);
    await picture(other, "states-gone");
  });
});

test("markup is text everywhere, and a text that is too long is refused with what was typed still there", async ({
  page,
}) => {
  await open(page);
  await settle(page);
  await ask(page, SCRIPT);
  await expect(page.getByText("<script>").first()).toBeVisible();
  await page.getByRole("button", { name: "Rename this conversation" }).click();
  await page.keyboard.type(SCRIPT);
  await page.keyboard.press("Enter");
  await expect(page.getByTitle(SCRIPT)).toBeVisible();
  await page.getByRole("heading", { name: "Pellucid" }).click();
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Search features" }).fill(SCRIPT);
  await expect(page.getByRole("list", { name: "Features found, best first" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Concept to suppress or to strengthen" }).fill(SCRIPT);
  await page.getByRole("button", { name: "Suppress this concept" }).click();
  expect(await page.evaluate(() => "hurt" in window)).toBe(false);

  const field = page.getByRole("textbox", { name: "Your question" });
  const long = "all work and no play ".repeat(10_000);
  await field.fill(long);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/is the limit/)).toBeVisible();
  await expect(field).toHaveValue(long);
  await expectClean(page);
  await picture(page, "states-too-long");
});

test("an address whose state no longer exists says so, and leads on", async ({ page }) => {
  await open(page, "/?c=00000000000000000000000000000000&token=7&run=00000000000000000000000000000000");
  await expect(page.getByRole("button", { name: "Begin a new conversation" })).toBeVisible();
  await expectClean(page);
  await picture(page, "states-nowhere");
  await page.getByRole("button", { name: "Begin a new conversation" }).click();
  expect(new URL(page.url()).search).toBe("");
  await page.getByRole("button", { name: /\?$/ }).first().click();
  await answered(page);
});

test.describe("with a finger, at 360 px", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("ask, tap a token, see why, open a card, change the model, ask again", async ({ page }) => {
    await open(page);
    await settle(page);
    await page.getByRole("textbox", { name: "Your question" }).tap();
    await page.keyboard.type("Which is bigger: 9.8 or 9.11?");
    await page.getByRole("button", { name: "Send" }).tap();
    await answered(page);
    await answerTokens(page).nth(1).tap();
    await page.getByRole("group", { name: "About this token" }).getByRole("button", { name: "Why this?" }).tap();
    await expect(page.getByRole("tab", { name: "Why" })).toHaveAttribute("aria-selected", "true");
    await explained(page);
    await expectClean(page);
    await picture(page, "touch-1-why");
    const row = page.getByRole("link", { name: /^mlp\./ }).first();
    await row.tap();
    const card = page.locator("article[aria-labelledby=card-title]");
    await expect(card.getByRole("region", { name: "In words" })).toBeVisible();
    await expectClean(page);
    await picture(page, "touch-2-card");
    await page.getByRole("button", { name: /^Why / }).first().tap();
    await page
      .getByRole("button", { name: /^What can be done with mlp\./ })
      .first()
      .tap();
    await page.getByRole("button", { name: "Suppress", exact: true }).tap();
    await page.getByRole("tab", { name: "Steer (1)" }).tap();
    await expectClean(page);
    await picture(page, "touch-3-steer");
    await page.getByRole("button", { name: "Ask again with 1 change" }).last().tap();
    await expect(page.getByRole("region", { name: "Answers before and after" })).toBeVisible();
    await answered(page);
    await expectClean(page);
    await picture(page, "touch-4-after");
  });
});
