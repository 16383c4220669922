// What Chromium's tracing tells of the frames of a page, and what a first visit downloads.
import { gzipSync } from "node:zlib";

export const FRAME_MS = 1000 / 60;
/** A frame that comes a little late is still the next one of the screen. */
const LATE_MS = FRAME_MS * 1.5;
const CATEGORIES = [
  "-*",
  "toplevel",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-devtools.timeline.frame",
];

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

const FRAME = "BeginMainThreadFrame";

/** What the page's own thread did, in order. */
const ownEvents = (events) => {
  const frame = events.findLast(({ name }) => name === FRAME);
  if (!frame) throw new Error("The page drew no frame.");
  const own = events.filter(({ pid, tid }) => pid === frame.pid && tid === frame.tid);
  return own.sort((a, b) => a.ts - b.ts);
};

/** When frames began (microseconds), and the CPU milliseconds spent from each to the next, sorted. */
const workPerFrame = (events) => {
  const own = ownEvents(events);
  const starts = own.filter(({ name }) => name === FRAME).map(({ ts }) => ts);
  const work = new Array(Math.max(0, starts.length - 1)).fill(0);
  let frame = 0;
  for (const { name, ts, tdur } of own) {
    if (!name.endsWith("RunTask") || tdur === undefined) continue;
    // A frame begins within its task.
    while (frame < work.length && ts + tdur >= starts[frame + 1]) frame++;
    if (frame < work.length) work[frame] += tdur / 1000;
  }
  return { starts, work: work.sort((a, b) => a - b) };
};

/** Trace a page for some seconds: its frames, how many were late, and the CPU time each took. */
export const traceFrames = async (browser, page, seconds) => {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.waitForTimeout(seconds * 1000);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const { work, starts } = workPerFrame(traceEvents);
  const gaps = starts.slice(1).map((ts, index) => (ts - starts[index]) / 1000);
  const named = (name) => traceEvents.filter((event) => event.name === name).length;
  return {
    frames: starts.length,
    late: gaps.filter((gap) => gap > LATE_MS).length,
    dropped: named("DroppedFrame"),
    cpuMedianMs: quantile(work, 0.5),
    cpu95Ms: quantile(work, 0.95),
    tooMuchWork: work.filter((ms) => ms > FRAME_MS).length,
  };
};

/** Visit the first page as for the first time: kilobytes of script (gzip), and when it could be used. */
export const firstVisit = async (page, url) => {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("#prompt")) return;
      window.usableAt = performance.now();
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  const scripts = [];
  const keep = (response) =>
    response.request().resourceType() === "script" && scripts.push(response.body());
  page.on("response", keep);
  await page.goto(url);
  await page.waitForFunction(() => window.usableAt !== undefined);
  page.off("response", keep);
  const bodies = await Promise.all(scripts);
  return {
    scriptBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
    usableMs: await page.evaluate(() => window.usableAt),
  };
};

/** Play the song that is open, seen from a view, and trace it. */
export const tracePlaying = async (browser, page, seconds) => {
  await page.getByRole("button", { name: /^Play / }).first().click();
  await page.waitForFunction(() => window.loudness?.() > 1e-4);
  const told = await traceFrames(browser, page, seconds);
  await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Pause" }).click();
  return told;
};
