// A library of five thousand songs: found, scrolled, chosen, played through.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { python, Stack } from "./stack.mjs";
import { ask, assertQuiet, finished, launch, openStudio } from "./studio.mjs";

const SONGS = 5_000;
const PLAYED = 30;
const MOST_ROWS = 400;
const MOST_GROWTH_BYTES = 8_000_000;

const fill = (stack, count) => {
  const script = fileURLToPath(new URL("fill_library.py", import.meta.url));
  const database = path.join(stack.data, "music.db");
  const { status, stderr } = spawnSync(python(), [script, database, String(count)]);
  assert.equal(status, 0, String(stderr));
};

describe("library", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let page;
  let complaints;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    ({ page, complaints } = await openStudio(browser, stack.url));
    await ask(page, stack.url, 'a short calm piano piece called "Last Light", 15 seconds');
    await finished(page);
    fill(stack, SONGS - 1);
    await page.goto(`${stack.url}/library`);
    await rows().first().waitFor();
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const rows = () => page.getByRole("list", { name: /^Songs/ }).getByRole("listitem");

  it("scrolls through all of them, and keeps few in the page", async (t) => {
    await page.getByText(`${SONGS} songs`).waitFor();
    const { frames, most } = await page.evaluate(async (count) => {
      const frames = [];
      let most = 0;
      let before = performance.now();
      const last = () => document.querySelector(`[aria-label$=' to ${count}'] li`);
      while (!last()) {
        scrollBy(0, 400);
        await Promise.race([
          new Promise(requestAnimationFrame),
          new Promise((_, fail) => setTimeout(() => fail(new Error("The browser draws no more.")), 30_000)),
        ]);
        const now = performance.now();
        frames.push(now - before);
        before = now;
        most = Math.max(most, document.querySelectorAll("[aria-label^='Songs'] > li").length);
      }
      return { frames: frames.sort((a, b) => a - b), most };
    }, SONGS);
    const share = (part) => frames[Math.floor(frames.length * part)].toFixed(1);
    t.diagnostic(`${frames.length} frames, median ${share(0.5)} ms, 95 % ${share(0.95)} ms`);
    t.diagnostic(`at most ${most} rows in the page`);
    assert.ok(most < MOST_ROWS, `${most} rows were in the page at once`);
  });

  it("finds one among them", async () => {
    await page.getByLabel("Search songs").fill("Copy 4321");
    await page.getByRole("link", { name: "Copy 4321" }).waitFor();
    await page.getByText("1 song found").waitFor();
    await page.getByLabel("Search songs").fill("");
    await page.getByText(`${SONGS} songs`, { exact: true }).waitFor();
  });

  it("puts them in another order, which the address keeps", async () => {
    const first = rows().first().getByRole("link");
    await page.getByRole("combobox", { name: "Order" }).click();
    await page.getByRole("option", { name: "By title" }).click();
    await page.getByRole("list", { name: "Songs 1 to 60" }).getByText("Copy 1000", { exact: true }).waitFor();
    const titles = await rows().getByRole("link").allTextContents();
    assert.deepEqual(titles.slice(0, 4), ["Copy 1", "Copy 10", "Copy 100", "Copy 1000"]);
    await page.goto(`${stack.url}/library?order=oldest&q=Copy`);
    await page.getByText(`${SONGS - 1} songs found`).waitFor();
    assert.equal(await first.textContent(), `Copy ${SONGS - 1}`);
    await page.goto(`${stack.url}/library`);
    await rows().first().waitFor();
  });

  it("is a grid for who likes pictures, also after a reload", async () => {
    await page.getByRole("button", { name: "Show as a grid" }).click();
    await rows().first().waitFor();
    await page.reload();
    await rows().first().waitFor();
    const columns = await rows().evaluateAll(
      (all) => new Set(all.map((one) => one.getBoundingClientRect().left)).size,
    );
    assert.ok(columns > 2);
    await page.getByRole("button", { name: "Show as a list" }).click();
  });

  it("deletes several at once, with a way back, and renames without asking again", async () => {
    await rows().first().waitFor();
    await page.getByRole("button", { name: "Choose several" }).click();
    for (const name of ["Copy 1", "Copy 2", "Copy 3"]) {
      await page.getByRole("checkbox", { name: `Choose ${name}`, exact: true }).check();
    }
    await page.getByText("3 songs chosen").waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("link", { name: "Copy 2", exact: true }).waitFor({ state: "detached" });
    // The way back stays open on other pages.
    await page.getByRole("link", { name: "API", exact: true }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "Library", exact: true }).click();
    await page.getByRole("link", { name: "Copy 2", exact: true }).waitFor();

    const asked = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/graphql")) asked.push(request.postDataJSON().operationName);
    });
    await page.getByRole("button", { name: "More for Copy 2", exact: true }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByLabel("New title").fill("Another name");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Another name" }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked, ["RenameProject"]);
  });

  it("plays thirty songs and keeps no more of the last than of the first", async (t) => {
    const session = await page.context().newCDPSession(page);
    const heap = async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    let early = 0;
    for (let song = 10; song < 10 + PLAYED; song++) {
      await page.getByRole("link", { name: `Copy ${song}`, exact: true }).click();
      await finished(page);
      await page.getByRole("button", { name: `Play Copy ${song}`, exact: true }).click();
      await page.getByRole("button", { name: /^Solo / }).first().click();
      await page.waitForFunction(() => window.loudness?.() > 1e-4);
      await page.getByRole("link", { name: "Library", exact: true }).click();
      await rows().first().waitFor();
      if (song === 14) early = await heap();
    }
    const late = await heap();
    t.diagnostic(`heap after 5 songs ${early} bytes, after ${PLAYED} ${late} bytes`);
    assert.ok(late - early < MOST_GROWTH_BYTES, `the heap grew by ${late - early} bytes`);
  });

  it("never complained", () => assertQuiet(complaints));
});
