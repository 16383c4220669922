// From a sentence to a song, through everything that may come between.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { checkLooks, violations } from "./screens.mjs";
import { Stack } from "./stack.mjs";
import { ask, askApi, assertQuiet, finished, launch, openStudio, PHONE, SONG_TIMEOUT_MS } from "./studio.mjs";

const SHORT = "a calm waltz for piano and strings, 30 seconds";
const LONG = "an epic orchestral piece with choir, five minutes long";

const START = `mutation($input: GenerateFullSongInput!) {
  generateFullSong(input: $input) { ... on ProjectStarted { project { id } } }
}`;
const CANCEL = "mutation($id: ID!) { cancelProject(id: $id) { __typename } }";

describe("making a song", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("leads from an empty library to the first song", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/library`);
    await page.getByRole("heading", { name: "No songs yet" }).waitFor();
    await ask(page, stack.url, SHORT);
    await page.getByRole("list", { name: "Sections" }).waitFor({ timeout: SONG_TIMEOUT_MS });
    await finished(page);
    assert.ok((await page.getByRole("list", { name: "Chords" }).locator("li").count()) > 4);
    await page.getByRole("heading", { name: "Asked and measured" }).waitFor();
    await page.goto(`${stack.url}/library`);
    await page.getByRole("button", { name: /^Play / }).waitFor();
    assertQuiet(complaints);
    await context.close();
  });

  it("is heard by a guest who has the link, until it is taken back", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${stack.url}/library`);
    await page.getByRole("list", { name: /^Songs/ }).getByRole("link").first().click();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByText("The link is copied").first().waitFor();
    const link = await page.getByRole("dialog").getByLabel("Link").inputValue();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
    assert.deepEqual(await violations(page), []);
    for (const scheme of ["dark", "light"]) {
      const viewport = scheme === "light" ? { viewport: PHONE } : {};
      const guest = await openStudio(browser, stack.url, { scheme, ...viewport });
      const asked = [];
      guest.page.on("request", (request) => asked.push(request));
      await guest.page.goto(link);
      await guest.page.getByRole("button", { name: /^Play / }).click();
      await guest.page.waitForFunction(() => window.loudness?.() > 0.005);
      assert.ok((await guest.page.getByRole("list", { name: "Chords" }).locator("li").count()) > 4);
      await checkLooks(guest, `shared-${scheme === "light" ? "phone" : "desktop"}-${scheme}`);
      assert.equal(await guest.page.getByRole("button", { name: /take|Rename|Share/ }).count(), 0);
      const [file] = await Promise.all([
        guest.page.waitForEvent("download"),
        guest.page.getByRole("link", { name: /^WAV/ }).click(),
      ]);
      assert.equal((await readFile(await file.path())).toString("latin1", 0, 4), "RIFF");
      assert.deepEqual(asked.filter((one) => /dev\/token/.test(one.url()) || one.headers().authorization), []);
      assert.equal(await guest.page.evaluate(() => localStorage.getItem("studio.token")), null);
      assertQuiet(guest.complaints);
      await guest.context.close();
    }
    await page.getByRole("dialog").getByRole("button", { name: "Stop sharing" }).click();
    await page.getByRole("button", { name: "Share", exact: true }).waitFor();
    const late = await openStudio(browser, stack.url);
    await late.page.goto(link);
    await late.page.getByRole("heading", { name: "This link opens nothing" }).waitFor();
    await late.context.close();
    assertQuiet(complaints);
    await context.close();
  });

  it("says what is wrong with a wish, and where", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/`);
    await page.getByRole("button", { name: "Make the song" }).click();
    await page.getByRole("alert").getByText("Say what the song should be").waitFor();
    await page.getByLabel("What should the song be?").fill("a march");
    await page.getByRole("button", { name: "Shape it" }).click();
    await page.getByLabel("Tempo in beats per minute").fill("999");
    await page.getByRole("button", { name: "Make the song" }).click();
    await page.getByRole("alert").getByText(/240/).waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    await context.close();
  });

  it("goes on where it was after a reload, in two browsers at once", async () => {
    const first = await openStudio(browser, stack.url);
    await ask(first.page, stack.url, SHORT);
    await first.page.getByRole("list", { name: "Steps" }).waitFor();
    await first.page.reload();
    const second = await openStudio(browser, stack.url);
    await second.page.goto(first.page.url());
    await Promise.all([finished(first.page), finished(second.page)]);
    assertQuiet([...first.complaints, ...second.complaints]);
    await first.context.close();
    await second.context.close();
  });

  it("lets its hook be heard while the rest is still being played", async () => {
    const { context, page, complaints } = await openStudio(browser, stack.url);
    await ask(page, stack.url, LONG);
    await page.getByRole("button", { name: /^Hear / }).click({ timeout: SONG_TIMEOUT_MS });
    await page.waitForFunction(() => window.loudness?.() > 0.005);
    const tracks = page.getByRole("region", { name: "Instruments" }).getByRole("listitem");
    const played = tracks.locator("svg[data-state='coming']");
    await played.first().waitFor({ timeout: SONG_TIMEOUT_MS });
    const layers = await tracks.evaluateAll((rows) =>
      rows.map((row) => row.querySelector("svg")?.dataset.state ?? row.querySelector("svg")?.dataset.layer),
    );
    assert.ok(layers.length > 4 && layers.every((layer) => layer === "coming" || layer === "written"), `${layers}`);
    const before = layers.filter((layer) => layer === "coming").length;
    await page.reload();
    await played.nth(before - 1).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("You stopped this song").waitFor();
    assertQuiet(complaints);
    await context.close();
  });

  it("says which place a song has in the queue, until it is its turn", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/`);
    const ids = [];
    for (let i = 0; i < 3; i++) {
      const { generateFullSong } = await askApi(page, START, { input: { prompt: LONG } });
      ids.push(generateFullSong.project.id);
    }
    await page.goto(`${stack.url}/songs/${ids[2]}`);
    await page.getByText("Number 2 in the queue").waitFor({ timeout: SONG_TIMEOUT_MS });
    for (const [id, words] of [[ids[1], "Next in the queue"], [ids[0], "Being made"]]) {
      await askApi(page, CANCEL, { id });
      await page.getByRole("region", { name: "Progress" }).getByText(words).waitFor({ timeout: SONG_TIMEOUT_MS });
    }
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("You stopped this song").waitFor();
    await context.close();
  });

  it("can be cancelled, and taken up again", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await ask(page, stack.url, LONG);
    await page.getByRole("list", { name: "Sections" }).waitFor({ timeout: SONG_TIMEOUT_MS });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("You stopped this song").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("You stopped this song").waitFor();
    await context.close();
  });

  it("survives a crash of the whole backend", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await ask(page, stack.url, "a two minute house track");
    await page.getByRole("list", { name: "Sections" }).waitFor({ timeout: SONG_TIMEOUT_MS });
    await stack.crash();
    await page.getByText("The connection was lost; reconnecting.").waitFor({ timeout: 60_000 });
    await stack.begin();
    await finished(page);
    await context.close();
  });

  it("can be renamed and deleted, with a way back", async () => {
    const { context, page } = await openStudio(browser, stack.url);
    await page.goto(`${stack.url}/library`);
    const songs = page.getByRole("button", { name: /^More for/ });
    await songs.first().waitFor();
    const before = await songs.count();
    await songs.first().click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByLabel("New title").fill("A name of my own");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "A name of my own" }).waitFor();
    await page.getByRole("button", { name: "More for A name of my own" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("link", { name: "A name of my own" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "A name of my own" }).waitFor();
    assert.equal(await songs.count(), before);
    await context.close();
  });
});
