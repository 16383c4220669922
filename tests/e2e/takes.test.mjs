// One song, several takes: what was changed is heard, and nothing else is.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { comparison, hearAt, moment } from "./hearing.mjs";
import { assertLoudnessShown, masterOf, wishAndGoBack, wishByKeys } from "./mastering.mjs";
import { checkLooks, violations } from "./screens.mjs";
import { Stack } from "./stack.mjs";
import { ask, askApi, assertQuiet, finished, launch, openStudio, PHONE, SONG_TIMEOUT_MS } from "./studio.mjs";

const PROMPT = "mellow pop with drums, bass and piano at 100 bpm, 30 seconds";

const SONG = `query($id: ID!) { project(id: $id) {
  currentTake { id }
  takes {
    id number status change { kind summary } mix { targetLufs dynamic }
    song {
      sections { name startBar bars startSeconds durationSeconds }
      energy audio { format url } tracks { id name stem { url } } report { loudnessLufs }
    }
  }
} }`;

const takesOf = async (page, id) => (await askApi(page, SONG, { id })).project;

const SOFTER = `mutation($input: RemixTakeInput!) { remixTake(input: $input) { __typename } }`;

const fileOf = (take, format) => take.song.audio.find((file) => file.format === format).url;

describe("takes", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let studio;
  let page;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    studio = await openStudio(browser, stack.url);
    ({ page } = studio);
    page.setDefaultTimeout(20_000);
    song = await ask(page, stack.url, PROMPT);
    await finished(page);
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const audible = () => page.waitForFunction(() => window.loudness?.() > 0.005);
  const take = (number) => page.getByRole("radio", { name: new RegExp(`^Take ${number}`) });
  const ready = (number) =>
    page
      .getByRole("radio", { name: new RegExp(`^Take ${number}.*LUFS`, "s") })
      .waitFor({ timeout: SONG_TIMEOUT_MS });

  it("keeps a mix as a take of its own, in which what was muted is silent", async () => {
    await page.getByRole("button", { name: /^Play / }).click();
    await audible();
    const { takes: [first] } = await takesOf(page, song);
    const { id, name } = first.song.tracks.find((track) => /bass/i.test(track.name));
    await page.getByRole("button", { name: `Mute ${name}`, exact: true }).click();
    await page.getByText(`${name} muted`).waitFor();
    await page.getByRole("button", { name: "Save as a new take" }).click();
    await ready(2);
    const { takes, currentTake } = await takesOf(page, song);
    assert.equal(takes[1].change.kind, "MIX");
    assert.equal(currentTake.id, takes[1].id);
    const stem = (one) => one.song.tracks.find((track) => track.id === id).stem.url;
    const bass = await page.evaluate(comparison, [stem(takes[1]), stem(takes[0])]);
    assert.ok(bass.peak < 1e-4, `the muted stem peaks at ${bass.peak}`);
    const master = await page.evaluate(comparison, [fileOf(takes[1], "WAV"), fileOf(takes[0], "WAV")]);
    assert.ok(master.peak > 0.1 && master.distance > 0.01, JSON.stringify(master));
    await page.getByRole("button", { name: `Mute ${name}`, pressed: true, exact: true }).waitFor();
  });

  it("goes on at the same bar in another take, as loud as before", async () => {
    await audible();
    const before = await moment(page);
    await page.locator("body").click({ position: { x: 2, y: 400 } });
    await page.keyboard.press("t");
    await page.getByRole("radio", { name: /^Take 1/, checked: true }).waitFor();
    await page.getByText(", take 1", { exact: false }).first().waitFor();
    await audible();
    const now = await moment(page);
    // A machine at its limits may need a while to begin; nothing is repeated and nothing left out.
    const [played, passed] = [now.at - before.at, now.clock - before.clock];
    assert.ok(played > 0 && played < passed + 0.35, `${played} s were played in ${passed} s`);
    assert.match(page.url(), /take=/);
    await page.keyboard.press("Shift+T");
    await page.getByRole("radio", { name: /^Take 2/, checked: true }).waitFor();
    assert.doesNotMatch(page.url(), /take=/);
  });

  it("is found by its address, and can be chosen as the current one", async () => {
    const { takes } = await takesOf(page, song);
    await page.goto(`${stack.url}/songs/${song}?take=${takes[0].id}`);
    await finished(page);
    assert.ok(await take(1).isChecked());
    await page.getByRole("button", { name: "More for take 1" }).click();
    await page.getByRole("menuitem", { name: "Make it the current take" }).click();
    await page.getByRole("radio", { name: /^Take 1\s*current/ }).waitFor();
    assert.equal((await takesOf(page, song)).currentTake.id, takes[0].id);
  });

  it("makes one section anew and leaves the others as they are", async () => {
    const sections = page.getByRole("list", { name: "Sections" }).getByRole("listitem");
    const names = await sections.evaluateAll((all) => all.map((one) => one.querySelector("button").title));
    await page.getByRole("button", { name: /^Play / }).click();
    await audible();
    await page.getByRole("button", { name: "A section anew" }).click();
    const dialog = page.getByRole("dialog", { name: "Make a section anew" });
    await dialog.getByRole("combobox", { name: "Section" }).click();
    await page.getByRole("option").nth(1).click();
    await dialog.getByLabel("Seed").fill("4242");
    await dialog.getByRole("button", { name: "Make it anew" }).click();
    await page.getByRole("region", { name: "Progress" }).getByText(/Take 3: Another/).waitFor();
    await audible();
    await ready(3);
    const { takes } = await takesOf(page, song);
    assert.equal(takes[2].change.kind, "SECTION");
    assert.ok(names[1].startsWith(takes[2].change.summary.replace("Another ", "")));
    const [before, changed] = takes[2].song.sections;
    const stems = takes[2].song.tracks.map(({ id, stem }) => [stem.url, takes[0].song.tracks.find((track) => track.id === id).stem.url]);
    // A mix follows the whole song, so levels may move a little; the notes that are heard may not.
    const likeness = async (from, until) => {
      const heard = [];
      for (const [one, two] of stems) {
        const { peak, likeness: alike } = await page.evaluate(comparison, [one, two, from, until]);
        if (peak > 0.02) heard.push(alike);
      }
      return heard;
    };
    const kept = await likeness(0, before.startSeconds + before.durationSeconds - 0.1);
    assert.ok(kept.length > 1 && Math.min(...kept) > 0.9, `kept: ${kept}`);
    const { startSeconds, durationSeconds } = changed;
    const anew = await likeness(startSeconds + 0.1, startSeconds + durationSeconds);
    assert.ok(Math.min(...anew) < 0.6, `anew: ${anew}`);
  });

  it("asks for a section anew from its menu", async () => {
    const { takes: [, , latest] } = await takesOf(page, song);
    const { name } = latest.song.sections[1];
    await page.getByRole("button", { name: `More for ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: `Make ${name} anew` }).click();
    const dialog = page.getByRole("dialog", { name: "Make a section anew" });
    await dialog.getByRole("combobox", { name: "Section" }).getByText(`${name}, `).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("says at its field what is wrong with another request, and makes what is right", async () => {
    await page.getByRole("button", { name: "Change the request" }).click();
    const dialog = page.getByRole("dialog", { name: "Change the request" });
    await dialog.getByLabel("Tempo, BPM").fill("999");
    await dialog.getByRole("button", { name: "Make a new take" }).click();
    await dialog.getByRole("alert").getByText(/240/).waitFor();
    assert.equal(await dialog.getByLabel("Tempo, BPM").getAttribute("aria-invalid"), "true");
    assert.deepEqual(await violations(page), []);
    await dialog.getByLabel("Tempo, BPM").fill("140");
    await dialog.getByRole("slider", { name: "Energy" }).press("End");
    await dialog.getByRole("combobox", { name: "Lyrics" }).click();
    await page.getByRole("option", { name: "Written on a theme" }).click();
    await dialog.getByLabel("What they are about").fill("leaving home by train");
    await dialog.getByRole("button", { name: "Make a new take" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("radio", { name: /^Take 4.*cancelled/s }).waitFor();
    await page.getByRole("button", { name: "More for take 4" }).click();
    await page.getByRole("menuitem", { name: "Try again" }).click();
    await ready(4);
    const { takes } = await takesOf(page, song);
    assert.match(takes[3].change.summary, /140 BPM/);
    assert.equal(takes[3].song.energy, 1);
    await page.getByRole("heading", { name: "Lyrics" }).waitFor();
    await page.getByLabel("About this song").getByText("140 BPM").waitFor();
  });

  it("stands at the same bar when the tempo is another", async () => {
    const { takes } = await takesOf(page, song);
    const bar = (one, seconds) => {
      const part = one.song.sections.findLast(({ startSeconds }) => startSeconds <= seconds);
      return part.startBar + ((seconds - part.startSeconds) / part.durationSeconds) * part.bars;
    };
    await take(1).click();
    await page.getByLabel("About this song").getByText("100 BPM").waitFor();
    await page.getByRole("slider", { name: "Position in the song" }).press("Home");
    if (await page.getByRole("region", { name: "Player" }).getByRole("button", { name: "Pause" }).isVisible()) {
      await page.locator("body").click({ position: { x: 2, y: 400 } });
      await page.keyboard.press("Space");
    }
    for (let i = 0; i < 2; i++) await page.getByRole("slider", { name: "Position in the song" }).press("ArrowRight");
    const there = bar(takes[0], (await moment(page)).at);
    await take(4).click();
    await page.getByLabel("About this song").getByText("140 BPM").waitFor();
    await page.waitForFunction((one) => Number(document.querySelector("[aria-label='Position in the song']").ariaValueNow) < one, 9);
    assert.ok(Math.abs(bar(takes[3], (await moment(page)).at) - there) < 0.1);
  });

  it("is deleted, with a way back", async () => {
    await page.getByRole("button", { name: "More for take 2" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await take(2).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await take(2).waitFor();
    await page.getByRole("button", { name: "More for take 2" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.goto(`${stack.url}/library`);
    await page.getByRole("list", { name: /^Songs/ }).getByRole("link").first().waitFor();
    await page.goto(`${stack.url}/songs/${song}`);
    await finished(page);
    await page.getByRole("heading", { name: "3 takes" }).waitFor();
  });

  it("shows another take being made, while the finished one goes on sounding", async () => {
    await page.getByRole("button", { name: /^Play / }).click();
    await audible();
    // However long the other take is made for, this one does not come to its end meanwhile.
    await page.getByRole("button", { name: "Repeat this section" }).click();
    await page.getByRole("button", { name: "Another take" }).click();
    await page.getByRole("region", { name: "Progress" }).getByText("Take 5: Another take").waitFor();
    await page.getByRole("radio", { name: /^Take 5/, checked: true }).waitFor();
    assert.match(page.url(), /take=/);
    await page.getByText(/· played( \d+ %)?$/).first().waitFor({ timeout: SONG_TIMEOUT_MS });
    await audible();
    await ready(5);
    assert.ok(await take(5).isChecked());
    await audible();
  });

  it("plays a softer take as loud as the others, as its mix and as its stems", async () => {
    const before = (await takesOf(page, song)).takes;
    const input = { takeId: before[0].id, targetLufs: -20 };
    assert.equal((await askApi(page, SOFTER, { input })).remixTake.__typename, "TakeStarted");
    await page.goto(`${stack.url}/songs/${song}?take=${before[0].id}`);
    let { takes } = await takesOf(page, song);
    while (!takes.at(-1).song?.report) {
      await page.waitForTimeout(300);
      ({ takes } = await takesOf(page, song));
    }
    const [loud, soft] = [takes[0], takes.at(-1)];
    assert.ok(loud.song.report.loudnessLufs - soft.song.report.loudnessLufs > 5);
    const listen = async ({ number, song: { audio, tracks } }, stems) => {
      const urls = stems ? tracks.map(({ stem }) => stem.url) : [audio.find(({ format }) => format === "MP3").url];
      const { likeness, loudnessDb } = await hearAt(page, 5, { urls, from: 4.5, until: 17 });
      assert.ok(likeness > 0.9, `take ${number} is heard with likeness ${likeness}`);
      return loudnessDb;
    };
    for (const stems of [false, true]) {
      const heard = [];
      for (const one of [loud, soft]) {
        await take(one.number).click();
        if (stems) {
          const mute = page.getByRole("button", { name: /^Mute / }).first();
          await mute.click();
          await page.getByText("Your mix of the stems").waitFor();
          await mute.click();
        }
        heard.push(await listen(one, stems));
      }
      assert.ok(Math.abs(heard[0] - heard[1]) < 1, `${stems ? "stems" : "mixes"}: ${heard} dB`);
    }
  });

  it("masters a take as loud as wished, its dynamics kept, and draws how loud it is", async () => {
    const { number } = (await takesOf(page, song)).takes.at(-1);
    await take(1).click();
    await page.getByRole("radio", { name: /^Take 1/, checked: true }).waitFor();
    assert.deepEqual(await masterOf(page), [-14, false]);
    await wishAndGoBack(page);
    await wishByKeys(page);
    await page.getByRole("button", { name: "Save as a new take" }).click();
    await ready(number + 1);
    await take(number + 1).click();
    await page.getByRole("radio", { name: new RegExp(`^Take ${number + 1}`), checked: true }).waitFor();
    const { mix } = (await takesOf(page, song)).takes.at(-1);
    assert.deepEqual(mix, { targetLufs: -9, dynamic: true });
    assert.deepEqual(await masterOf(page), [-9, true]);
    await page.getByRole("row", { name: /^Loudness at most -9\.0 LUFS, peaks kept/ }).waitFor();
    await assertLoudnessShown(page);
  });

  for (const scheme of ["dark", "light"]) {
    it(`looks right, ${scheme}`, async () => {
      for (const [device, viewport] of [["desktop", undefined], ["phone", PHONE]]) {
        const { context, page: shown, complaints } = await openStudio(browser, stack.url, { scheme, ...(viewport && { viewport }) });
        await shown.goto(`${stack.url}/songs/${song}`);
        await finished(shown);
        await checkLooks({ page: shown, complaints }, `takes-${device}-${scheme}`);
        if ((device === "desktop") === (scheme === "dark")) {
          await shown.getByRole("button", { name: "Change the request" }).click();
          await shown.getByRole("dialog").waitFor();
          await checkLooks({ page: shown, complaints }, `request-${device}-${scheme}`);
        }
        await context.close();
      }
    });
  }

  it("never complained", () => assertQuiet(studio.complaints));
});
