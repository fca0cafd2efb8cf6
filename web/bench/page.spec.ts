import { type Page, test } from "@playwright/test";
import { answerTokens, explained, open } from "../e2e/steps";

// What the page takes on the bundled model: `npm run bench` prints a line for each, in ms unless it says otherwise.

const ROUNDS = 7;
const MEASURED = 20;

/** Text whose tokens stand in one conversation: more than 1,000 with the template's. */
const LONG =
  "The old lighthouse keeper climbed the stairs every evening, counted the ships, and wrote them down. ".repeat(55);

interface Made {
  address: string;
  tokens: number;
}

/** A conversation with one short answer, asked over the API. */
async function made(page: Page, content: string, interventions: object[] = []): Promise<Made> {
  const { id } = await (await page.request.post("/api/conversations", { data: {} })).json();
  const settings = { max_new_tokens: 24, temperature: 0 };
  const stream = await page.request.post(`/api/conversations/${id}/replies`, {
    data: { content, settings, interventions },
    timeout: 240_000,
  });
  const run = /"run_id":\s*"(\w+)"/.exec(await stream.text())?.[1] ?? "";
  const { tokens } = await (await page.request.get(`/api/runs/${run}`)).json();
  return { address: `/?c=${id}`, tokens: tokens.length };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

function say(name: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  tell(`${name}: median ${at(0.5)} (${at(0)} to ${at(1)}), n ${values.length}`);
}

async function timed(act: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

/** From the start of an event's handling to the paint after it, as the page itself has it. */
async function paints(page: Page, type: string, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate((name) => {
    const found: number[] = [];
    Object.assign(window, { paints: found });
    const told = (event: Event): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => found.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    };
    addEventListener(name, told, { capture: true });
  }, type);
  await act();
  await page.waitForTimeout(300);
  return page.evaluate(() => (window as unknown as { paints: number[] }).paints);
}

test("first load, without and with what the browser keeps", async ({ browser, baseURL }) => {
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext(baseURL ? { baseURL } : {});
    const page = await context.newPage();
    cold.push(await timed(() => open(page)));
    warm.push(await timed(() => open(page)));
    await context.close();
  }
  say("first load to a field that can be written in", cold);
  say("loaded again", warm);
});

test("why: click to the first bars, and until 20 are measured", async ({ page }) => {
  const { address } = await made(page, "Which is bigger: 9.8 or 9.11?");
  const [first, all]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    await open(page, address);
    const token = answerTokens(page).nth(1 + round);
    await token.waitFor();
    first.push(
      await timed(async () => {
        await token.click();
        await explained(page);
      }),
    );
    const rows = page.getByRole("list", { name: "Features, largest estimate first" }).locator('[data-measured="true"]');
    all.push(await timed(() => rows.nth(MEASURED - 1).waitFor({ timeout: 120_000 })));
  }
  say("click on a token to its first bars", first);
  say(`first bars to ${MEASURED} measured`, all);
});

test("search and card", async ({ page }) => {
  await open(page, "/?q=");
  const field = page.getByRole("textbox", { name: "Search features" });
  const hits = page.getByRole("list", { name: "Features found, best first" }).getByRole("listitem");
  const words = ["rivers", "money", "winter", "doctors", "colours", "programming", "the sea", "anger"];
  await field.fill("months");
  await hits.first().waitFor();
  const [found, opened]: [number[], number[]] = [[], []];
  for (const word of words) {
    const answer = page.waitForResponse((response) =>
      response.url().includes(`q=${encodeURIComponent(word).replace("%20", "+")}`),
    );
    found.push(
      await timed(async () => {
        await field.fill(word);
        await answer;
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }),
    );
    opened.push(
      await timed(async () => {
        await hits.first().getByRole("link").click();
        await page.getByRole("list", { name: "Exemplars, strongest first" }).waitFor();
      }),
    );
    await page.keyboard.press("Escape");
    await hits.first().waitFor();
  }
  say("last keystroke of a search to its hits, 160 of rest among them", found);
  say("click on a hit to its card with exemplars", opened);
});

test("1,000 tokens, 500 features changed: keystrokes and frames", async ({ page }) => {
  const features = Array.from({ length: 500 }, (_, i) => `mlp.${i % 30}.${(i * 37) % 1536}.${i % 2 ? "pos" : "neg"}`);
  const { address, tokens } = await made(page, LONG, [{ features, strength: 0.1, positions: "all" }]);
  await open(page, address);
  await answerTokens(page).nth(1).click();
  await explained(page);
  tell(`tokens on the page: ${tokens}, features changed at each: ${features.length}`);
  const field = page.getByRole("textbox", { name: "Your question" });
  await field.focus();
  say(
    "keystroke to paint",
    await paints(page, "keydown", () => page.keyboard.type("how does this feel to write in", { delay: 60 })),
  );
  await page.locator(".token").nth(30).focus();
  say(
    "arrow from token to token, to paint",
    await paints(page, "keydown", async () => {
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press("ArrowRight");
        await page.waitForTimeout(60);
      }
    }),
  );
  const boxes = await page.locator(".token").evaluateAll((all) =>
    all
      .map((one) => one.getBoundingClientRect())
      .filter((box) => box.top > 80 && box.bottom < innerHeight - 160)
      .map((box) => [box.x + box.width / 2, box.y + box.height / 2] as const),
  );
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    const next = (at: number): void => {
      frames.push(at);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let i = 0; i < 300; i++) {
    const [x, y] = boxes[(i * 7) % boxes.length] ?? [0, 0];
    await page.mouse.move(x, y);
  }
  const gaps = await page.evaluate(() => {
    const { frames } = window as unknown as { frames: number[] };
    return frames.slice(1).map((at, i) => at - (frames[i] ?? at));
  });
  const seconds = gaps.reduce((sum, gap) => sum + gap, 0) / 1000;
  tell(`hovering 300 tokens: ${(gaps.length / seconds).toFixed(0)} frames a second`);
  say("time between two frames", gaps);
});
