// How light and smooth the studio is: `node benchmarks/studio.mjs` (the studio must be built).
// Prints script and time of first visits, and frames while a three-minute song plays, from Chromium's tracing.
import { firstVisit, tracePlaying } from "../tests/e2e/frames.mjs";
import { Stack } from "../tests/e2e/stack.mjs";
import { ask, finished, launch, openStudio } from "../tests/e2e/studio.mjs";

const VISITS = 5;
const SECONDS = 10;
const VIEWS = ["instruments", "notes", "score"];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const visit = async (browser, url) => {
  const { context, page } = await openStudio(browser, url);
  const told = await firstVisit(page, `${url}/`);
  await context.close();
  return told;
};

const play = async (browser, url, view) => {
  const { context, page } = await openStudio(browser, url);
  await page.goto(view);
  await finished(page);
  const told = await tracePlaying(browser, page, SECONDS);
  await context.close();
  return told;
};

const [stack, browser] = await Promise.all([Stack.start(), launch()]);
try {
  const visits = [];
  for (let time = 0; time < VISITS; time++) visits.push(await visit(browser, stack.url));
  console.log(`first screen: ${(visits[0].scriptBytes / 1000).toFixed(1)} kB of script (gzip)`);
  console.log(`usable after ${median(visits.map(({ usableMs }) => usableMs)).toFixed(0)} ms (median of ${VISITS})`);

  const { context, page } = await openStudio(browser, stack.url);
  const song = await ask(page, stack.url, "a pop song with piano, bass, drums and strings, three minutes");
  await finished(page);
  await context.close();
  for (const view of VIEWS) {
    const told = await play(browser, stack.url, `${stack.url}/songs/${song}?view=${view}`);
    console.log(
      `playing, ${view}: ${(told.frames / SECONDS).toFixed(1)} frames a second, ${told.late} late, ` +
        `${told.dropped} dropped; CPU of a frame ${told.cpuMedianMs.toFixed(1)} ms (median), ` +
        `${told.cpu95Ms.toFixed(1)} ms (95 %), ${told.tooMuchWork} over 16.7 ms`,
    );
  }
} finally {
  await browser.close();
  await stack.stop();
}
