// A light first page, and frames that are drawn in time. Wall-clock figures are printed, never asserted:
// what is asserted is work, in bytes and in CPU time of the page's own thread.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { firstVisit, tracePlaying } from "./frames.mjs";
import { Stack } from "./stack.mjs";
import { ask, assertQuiet, finished, launch, openStudio } from "./studio.mjs";

const MOST_SCRIPT_BYTES = 200_000;
const TRACED_SECONDS = 5;
const MOST_SHARE_OF_HEAVY_FRAMES = 0.05;

describe("performance", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    const { context, page } = await openStudio(browser, stack.url);
    song = await ask(page, stack.url, "a pop song with piano, bass, drums and strings, three minutes");
    await finished(page);
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("needs little for its first page", async (t) => {
    const { context, page } = await openStudio(browser, stack.url);
    const { scriptBytes, usableMs } = await firstVisit(page, `${stack.url}/`);
    t.diagnostic(`${(scriptBytes / 1000).toFixed(1)} kB of script, usable after ${usableMs.toFixed(0)} ms`);
    assert.ok(scriptBytes > 0);
    assert.ok(scriptBytes <= MOST_SCRIPT_BYTES, `${scriptBytes} bytes of script`);
    await context.close();
  });

  for (const view of ["instruments", "notes"]) {
    it(`plays three minutes with time to spare in every frame: ${view}`, async (t) => {
      const { context, page, complaints } = await openStudio(browser, stack.url);
      await page.goto(`${stack.url}/songs/${song}?view=${view}`);
      await finished(page);
      const told = await tracePlaying(browser, page, TRACED_SECONDS);
      t.diagnostic(JSON.stringify(told));
      assert.ok(told.frames > 10, "hardly anything was drawn");
      const share = told.tooMuchWork / told.frames;
      assert.ok(share <= MOST_SHARE_OF_HEAVY_FRAMES, `${told.tooMuchWork} of ${told.frames} frames`);
      assertQuiet(complaints);
      await context.close();
    });
  }
});
