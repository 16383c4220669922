// Every screen, in both themes and on a phone: no accessibility violation, nothing wider than the screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { Stack } from "./stack.mjs";
import { ask, assertQuiet, DESKTOP, finished, launch, openStudio, PHONE, screenshot } from "./studio.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

const violations = async (page) => {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(() => window.axe.run(document));
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`);
};

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("looks", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    const { context, page } = await openStudio(browser, stack.url);
    for (const prompt of SONGS) {
      song = await ask(page, stack.url, prompt);
      await finished(page);
    }
    await context.close();
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
        .fill("a warm lo-fi tune with piano and vinyl crackle, 74 BPM in D minor, for a rainy night train");
      await page.getByRole("list", { name: "Understood so far" }).waitFor();
    },
    wishes: async (page) => {
      await page.goto(`${stack.url}/`);
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
      await page.getByText("Finished", { exact: true }).waitFor();
      await page.getByRole("list", { name: "Seconds of work per song" }).waitFor();
    },
    api: async (page) => {
      await page.goto(`${stack.url}/api`);
      await page.getByRole("heading", { name: "Make a song" }).waitFor();
    },
    keyboard: async (page) => {
      await page.goto(`${stack.url}/api`);
      await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
      await page.getByRole("dialog").waitFor();
    },
    missing: async (page) => {
      await page.goto(`${stack.url}/songs/00000000-0000-0000-0000-000000000000`);
      await page.getByRole("heading", { name: "This song does not exist" }).waitFor();
    },
  };

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
            const { page, complaints } = studio;
            await show(page);
            await screenshot(page, `${name}-${device}-${scheme}`);
            assert.deepEqual(await violations(page), []);
            assert.ok((await overflow(page)) <= 0, "the page is wider than the screen");
            assertQuiet(complaints);
          });
        }
      });
    }
  }

  it("shows a song while it is made", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await ask(page, stack.url, "an orchestral film theme with horns and strings, two minutes");
    await page.getByRole("list", { name: "Sections" }).waitFor();
    await page.locator("[data-work='now']").waitFor();
    await screenshot(page, "making-desktop-dark");
    assert.deepEqual(await violations(page), []);
    await context.close();
  });

  it("can be used without a mouse", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/`);
    await page.getByRole("heading", { name: "Made lately" }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
    await page.keyboard.press("l");
    await page.getByRole("heading", { name: "Library" }).waitFor();
    const play = page.getByRole("button", { name: /^Play / }).first();
    await play.waitFor();
    for (let i = 0; i < 30 && !(await play.evaluate((one) => one === document.activeElement)); i++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.loudness?.() > 0.001);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await context.close();
  });

  it("says that it is offline, and goes on when it is not", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/library`);
    await page.getByRole("button", { name: /^Play / }).first().waitFor();
    await context.setOffline(true);
    await page.getByText("You are offline.").waitFor();
    await context.setOffline(false);
    await page.getByText("You are offline.").waitFor({ state: "detached" });
    await context.close();
  });

  it("opens GraphiQL with the token filled in and nothing from elsewhere", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/graphiql/`);
    await page.getByRole("tab", { name: /MakeASong/ }).waitFor();
    await page.waitForLoadState("networkidle");
    await page.getByRole("tab", { name: /Library/ }).click();
    await page.locator(".view-lines").getByText("totalCount").first().waitFor();
    // GraphiQL reads a tab's operations when its text has stood still for a moment.
    await page.waitForTimeout(1_000);
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await page.locator(".result-window").getByText("totalCount").waitFor();
    await screenshot(page, "graphiql");
    assertQuiet(complaints.filter((text) => text.startsWith("foreign")));
    await context.close();
  });
});
