// Whoever comes, and however: by keys alone, on any screen, without motion, offline, or as a program.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkLooks, overflow, tabTo, violations } from "./screens.mjs";
import { Stack } from "./stack.mjs";
import { ask, assertQuiet, finished, launch, openStudio, screenshot } from "./studio.mjs";

const WALL = { width: 2560, height: 1440 };

describe("reach", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    const { context, page } = await openStudio(browser, stack.url);
    song = await ask(page, stack.url, "a slow waltz for solo piano, wistful, 20 seconds");
    await finished(page);
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("is as wide as its screen, however wide", async () => {
    const { context, page } = await openStudio(browser, stack.url, { viewport: WALL });
    for (const screen of ["", "library", "dashboard", "api", `songs/${song}`]) {
      await page.goto(`${stack.url}/${screen}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.ok((await overflow(page)) <= 0, `/${screen} is wider than the screen`);
    }
    await finished(page);
    await screenshot(page, "song-wall-dark");
    await context.close();
  });

  it("stands still for who wishes so", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(`${stack.url}/`);
    await page.getByRole("heading", { name: "Made lately" }).waitFor();
    await page.waitForTimeout(200);
    const moving = await page.evaluate(
      () => document.getAnimations().filter((one) => one.playState === "running").length,
    );
    assert.equal(moving, 0);
    await context.close();
  });

  it("makes a song, opens it and finds it again without a mouse", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/`);
    const box = page.getByLabel("What should the song be?");
    await tabTo(page, box);
    await page.keyboard.type("a short calm piano piece, 15 seconds");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/songs\//);
    await finished(page);
    const title = await page.getByRole("heading", { level: 1 }).textContent();
    await page.keyboard.press("l");
    const link = page.getByRole("link", { name: title, exact: true }).first();
    await link.waitFor();
    await tabTo(page, link);
    await page.keyboard.press("Enter");
    await finished(page);
    assertQuiet(complaints);
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
    await tabTo(page, play);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.loudness?.() > 0.001);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await context.close();
  });

  it("plays on the first page what was made lately, and goes on elsewhere", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/`);
    await page.getByRole("region", { name: "Made lately" }).getByRole("button", { name: /^Play / }).first().click();
    await page.waitForFunction(() => window.loudness?.() > 0.001);
    await page.getByRole("link", { name: "Dashboard", exact: true }).click();
    await page.getByRole("heading", { name: "Right now" }).waitFor();
    await page.waitForFunction(() => window.loudness?.() > 0.001);
    assertQuiet(complaints);
    await context.close();
  });

  it("says that it is offline, and goes on when it is not", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/library`);
    await page.getByRole("button", { name: /^Play / }).first().waitFor();
    await page.waitForTimeout(2_500);
    await context.setOffline(true);
    await page.getByText("You are offline.").waitFor();
    await page.getByRole("link", { name: "API", exact: true }).click();
    await page.getByRole("heading", { name: "The keys could not be loaded" }).waitFor();
    await screenshot(page, "offline-desktop-dark");
    assert.deepEqual(await violations(page), []);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("No keys yet.").waitFor();
    await page.getByText("You are offline.").waitFor({ state: "detached" });
    await context.close();
  });

  it("makes a key that opens the API, shows it once, and takes it back", async () => {
    const studio = await openStudio(browser, stack.url);
    const { context, page } = studio;
    await page.goto(`${stack.url}/api`);
    await page.getByLabel("What the key is for").fill("radio script");
    await page.getByRole("button", { name: "Make a key" }).click();
    const key = await page.locator("code").filter({ hasText: /^amk_/ }).textContent();
    const viewer = () =>
      fetch(`${stack.url}/graphql`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: "{ projects { totalCount } }" }),
      }).then((answer) => answer.json());
    assert.ok((await viewer()).data.projects.totalCount >= 1);
    await page.getByRole("list", { name: "API keys" }).getByText("radio script").waitFor();
    await checkLooks(studio, "key-desktop-dark");

    await page.getByRole("button", { name: "Revoke radio script" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Revoke radio script" }).click();
    await page.getByText("No keys yet.").waitFor();
    await page.reload();
    await page.getByText("No keys yet.").waitFor();
    assert.equal(await page.getByText(key).count(), 0);
    assert.ok((await viewer()).errors);
    await context.close();
  });

  it("opens GraphiQL with the token filled in and nothing from elsewhere", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/graphiql/`);
    await page.getByRole("tab", { name: /MakeASong/ }).waitFor();
    await page.waitForLoadState("networkidle");
    await page.getByRole("tab", { name: /Library/ }).click();
    await page.locator(".view-lines").getByText("totalCount").first().waitFor();
    // GraphiQL reads a tab's operations a little after its text: till then it asks for the last tab's.
    const result = page.locator(".result-window").getByText("totalCount");
    for (const until = Date.now() + 30_000; !(await result.isVisible()); ) {
      assert.ok(Date.now() < until, "GraphiQL never executed the tab that is shown");
      await page.getByRole("button", { name: /^Execute query/ }).click();
      await result.waitFor({ timeout: 1_000 }).catch(() => {});
    }
    await screenshot(page, "graphiql");
    assertQuiet(complaints.filter((text) => text.startsWith("foreign")));
    await context.close();
  });
});
