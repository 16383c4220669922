// The master of a take in the studio: how it is wished, and how its loudness is drawn.
import assert from "node:assert/strict";
import { overflow, violations } from "./screens.mjs";

/** What the controls say: [loudness in LUFS, whether dynamics are kept]. */
export const masterOf = async (page) => [
  Number(await page.getByRole("slider", { name: "Loudness of the master" }).getAttribute("aria-valuenow")),
  await page.getByRole("checkbox", { name: "Keep dynamics" }).isChecked(),
];

/** Wish for the loudest master and take it back. */
export const wishAndGoBack = async (page) => {
  const before = await masterOf(page);
  await page.getByRole("button", { name: "Loud −9" }).click();
  await page.getByText("loudness −9 LUFS").waitFor();
  await page.getByRole("button", { name: "Back to the finished mix" }).click();
  assert.deepEqual(await masterOf(page), before);
};

/** Wish for the loudest master that keeps its peaks, by keys. */
export const wishByKeys = async (page) => {
  await page.getByRole("slider", { name: "Loudness of the master" }).press("End");
  await page.getByRole("checkbox", { name: "Keep dynamics" }).press("Space");
  await page.getByText("loudness −9 LUFS; dynamics kept").waitFor();
};

/** Its loudness is drawn and tabled, for everybody and on a phone; the page has its size back after it. */
export const assertLoudnessShown = async (page) => {
  const figure = page.getByRole("figure", { name: "Loudness over time" });
  await figure.locator("canvas").waitFor();
  await page.getByText("As a table").click();
  await page.getByRole("columnheader", { name: "Loudest" }).waitFor();
  assert.deepEqual(await violations(page), []);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 375, height: 812 });
  await figure.locator("canvas").waitFor();
  assert.ok((await overflow(page)) <= 0, "the page is wider than the screen");
  await page.setViewportSize(before);
};
