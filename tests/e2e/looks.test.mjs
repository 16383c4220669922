// Every screen, in both themes and on a phone: no accessibility violation, nothing wider than the screen.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkLooks, violations } from "./screens.mjs";
import { Stack } from "./stack.mjs";
import { ask, DESKTOP, finished, launch, openStudio, PHONE, screenshot } from "./studio.mjs";

const SONGS = [
  "a lo-fi tune for a rainy night train, 74 BPM in D minor, 40 seconds",
  "bright ukulele pop about the first day of summer, 30 seconds",
  "late jazz trio with brushed drums, walking bass and piano in E flat, 40 seconds",
  "a slow waltz for solo piano and strings, wistful, ending quietly, 40 seconds",
  "a driving synthwave night on the coast road in A minor, 60 seconds",
];

/** Bring what a screen is about to the top of the picture. */
const toTop = (locator) =>
  locator.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24));

const chartOf = (page, name) => page.getByRole("region", { name }).locator("canvas");

describe("looks", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const SCREENS = {
    create: async (page) => {
      await page.goto(`${stack.url}/`);
      await page.getByRole("heading", { name: "Made lately" }).waitFor();
      await page
        .getByLabel("What should the song be?")
        .fill("a warm lo-fi tune with electric piano, 74 BPM in D minor, for a rainy night train");
      await page.getByRole("list", { name: "Understood so far" }).waitFor();
    },
    wishes: async (page) => {
      await page.goto(`${stack.url}/`);
      await page.getByLabel("What should the song be?").fill("a waltz at 300 BPM");
      await page.getByRole("list", { name: "Worth knowing" }).waitFor();
      await page.getByRole("button", { name: "Shape it" }).click();
      await page.getByRole("region", { name: "Genre" }).getByRole("button").first().waitFor();
    },
    song: async (page) => {
      await page.goto(`${stack.url}/songs/${song}`);
      await finished(page);
    },
    playing: async (page) => {
      await page.goto(`${stack.url}/songs/${song}`);
      await page.getByRole("button", { name: /^Play / }).click();
      await page.getByRole("region", { name: "Player" }).waitFor();
      const wave = page.getByRole("slider", { name: "Position in the song" });
      const { width } = await wave.boundingBox();
      await wave.click({ position: { x: width * 0.38, y: 60 } });
    },
    notes: async (page) => {
      await page.goto(`${stack.url}/songs/${song}?view=notes&t=9`);
      await finished(page);
      await page.getByRole("region", { name: "Piano roll" }).waitFor();
      await toTop(page.getByRole("tablist"));
    },
    score: async (page) => {
      await page.goto(`${stack.url}/songs/${song}?view=score&t=9`);
      await finished(page);
      await page.locator("[data-engraved]").waitFor();
      await toTop(page.getByRole("tablist"));
    },
    grid: async (page) => {
      await page.goto(`${stack.url}/library`);
      await page.getByRole("button", { name: "Show as a grid" }).click();
      await page.getByRole("button", { name: "Choose several" }).click();
      await page.getByRole("checkbox").first().check();
      await page.getByText("1 song chosen").waitFor();
      await page.evaluate(() => localStorage.removeItem("studio.library"));
    },
    library: async (page) => {
      await page.goto(`${stack.url}/library`);
      await page.getByRole("list", { name: /^Songs/ }).getByRole("link").first().waitFor();
    },
    dashboard: async (page) => {
      await page.goto(`${stack.url}/dashboard`);
      await page.getByText("All quiet").waitFor();
      await page.getByText("Worker 1").waitFor();
      await chartOf(page, "Songs per hour").waitFor();
      await chartOf(page, "What a song takes").waitFor();
    },
    charts: async (page) => {
      await page.goto(`${stack.url}/dashboard`);
      await chartOf(page, "What a song takes").waitFor();
      for (const summary of await page.getByText("As a table").all()) await summary.click();
      await page.getByRole("columnheader", { name: "Finished" }).waitFor();
      await page.getByRole("columnheader", { name: "Compose" }).waitFor();
      await toTop(page.getByRole("heading", { name: "What a song takes" }));
    },
    api: async (page) => {
      await page.goto(`${stack.url}/api`);
      await page.getByText("No keys yet.").waitFor();
    },
    lyrics: async (page) => {
      await page.goto(`${stack.url}/`);
      await page.getByRole("button", { name: "Shape it" }).click();
      await page.getByRole("combobox", { name: "Lyrics" }).click();
      await page.getByRole("option", { name: "My own words" }).click();
      await page.getByLabel("Words of the song").fill("[Verse]\nThe night train hums");
      await toTop(page.getByText("Instruments: press once"));
    },
    nothing: async (page) => {
      await page.goto(`${stack.url}/library?q=zither+from+mars&order=length`);
      await page.getByRole("heading", { name: "Nothing fits" }).waitFor();
    },
    keyboard: async (page) => {
      await page.goto(`${stack.url}/api`);
      await page.getByText("No keys yet.").waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
    missing: async (page) => {
      await page.goto(`${stack.url}/songs/00000000-0000-0000-0000-000000000000`);
      await page.getByRole("heading", { name: "This song does not exist" }).waitFor();
    },
  };

  describe("before the first song", () => {
    const EMPTY = { library: "No songs yet", dashboard: "All quiet" };
    for (const scheme of ["dark", "light"]) {
      it(scheme, async () => {
        const studio = await openStudio(browser, stack.url, { scheme });
        for (const [screen, says] of Object.entries(EMPTY)) {
          await studio.page.goto(`${stack.url}/${screen}`);
          await studio.page.getByRole("heading", { name: says }).waitFor();
          await checkLooks(studio, `empty-${screen}-desktop-${scheme}`);
        }
        await studio.context.close();
      });
    }
  });

  describe("with songs", () => {
    before(async () => {
      const { context, page } = await openStudio(browser, stack.url);
      for (const prompt of SONGS) {
        song = await ask(page, stack.url, prompt);
        await finished(page);
      }
      await context.close();
    });

    for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      for (const scheme of ["dark", "light"]) {
        describe(`${device}, ${scheme}`, () => {
          let studio;
          before(async () => {
            studio = await openStudio(browser, stack.url, { scheme, viewport });
          });
          after(() => studio.context.close());

          for (const [name, show] of Object.entries(SCREENS)) {
            it(name, async () => {
              await show(studio.page);
              await checkLooks(studio, `${name}-${device}-${scheme}`);
            });
          }
        });
      }
    }

    it("shows a song while it is made", async () => {
      const { context, page } = await openStudio(browser, stack.url);
      await ask(page, stack.url, "an epic orchestral journey to the northern kingdom, horns and strings, two minutes");
      await page.getByRole("list", { name: "Sections" }).waitFor();
      await page.locator("[data-state='coming']").first().waitFor();
      await screenshot(page, "making-desktop-dark");
      assert.deepEqual(await violations(page), []);
      await context.close();
    });
  });
});
