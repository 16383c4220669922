// What every screen must hold, whatever is on it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { assertQuiet, screenshot } from "./studio.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong. */
export const violations = async (page) => {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(() => window.axe.run(document));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`);
};

/** By how many pixels the page is wider than the screen. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Take a picture; nothing inaccessible, nothing too wide, nothing complained of. */
export const checkLooks = async ({ page, complaints }, name) => {
  await screenshot(page, name);
  assert.deepEqual(await violations(page), []);
  assert.ok((await overflow(page)) <= 0, "the page is wider than the screen");
  assertQuiet(complaints);
};

/** Press Tab until something has the focus, as a person without a mouse would. */
export const tabTo = async (page, locator) => {
  for (let presses = 0; presses < 60; presses++) {
    if (await locator.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("the focus never got there");
};
