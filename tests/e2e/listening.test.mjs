// What is heard is measured, not believed: samples at the loudspeaker against the files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { unzip } from "./archive.mjs";
import { goTo, hearAt } from "./hearing.mjs";
import { Stack } from "./stack.mjs";
import { ask, askApi, assertQuiet, finished, launch, openStudio } from "./studio.mjs";

const PROMPT = "upbeat pop rock with drums, bass and guitar at 120 bpm, 30 seconds, with lyrics about summer rain";

const SONG = `query($id: ID!) { project(id: $id) { song {
  sections { name startSeconds durationSeconds }
  tracks { name stem { url peaks(points: 60) } }
  lyrics { syllables { text line } }
} } }`;

describe("listening", { timeout: 600_000 }, () => {
  let stack;
  let browser;
  let page;
  let complaints;
  let song;
  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    ({ page, complaints } = await openStudio(browser, stack.url));
    song = await ask(page, stack.url, PROMPT);
    await finished(page);
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const position = async () =>
    Number(await page.getByRole("slider", { name: "Position in the song" }).getAttribute("aria-valuenow"));
  const songNow = async () => (await askApi(page, SONG, { id: song })).project.song;
  const tracks = () => page.getByRole("button", { name: /^Mute / });
  const silent = () => page.waitForFunction(() => window.loudness() < 1e-4);
  const audible = () => page.waitForFunction(() => window.loudness?.() > 0.005);

  it("plays the finished mix, pauses it and goes on from the keyboard", async () => {
    await page.getByRole("button", { name: /^Play / }).click();
    await audible();
    await page.locator("body").click({ position: { x: 2, y: 400 } });
    await page.keyboard.press("Space");
    await silent();
    await page.keyboard.press("Space");
    await audible();
  });

  it("seeks by keyboard and by section", async () => {
    const sections = page.getByRole("list", { name: "Sections" }).locator("button[title]");
    await sections.nth(1).click();
    await audible();
    const there = await position();
    assert.ok(there > 0);
    await page.getByRole("slider", { name: "Position in the song" }).press("Home");
    await page.waitForFunction(
      () => Number(document.querySelector("[aria-label='Position in the song']").ariaValueNow) < 2,
    );
  });

  it("silences every muted track and lets a soloed one through", async () => {
    const names = await tracks().evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.ok(names.length >= 3);
    for (const name of names) await page.getByRole("button", { name, exact: true }).click();
    await silent();
    for (const name of names) await page.getByRole("button", { name, exact: true }).click();
    await audible();
  });

  it("moves what it is told to one side", async () => {
    const thumbs = page.getByRole("slider", { name: /^Pan of / });
    await thumbs.first().waitFor();
    for (const thumb of await thumbs.all()) await thumb.press("Home");
    await page.waitForFunction(() => {
      const [left, right] = window.sides();
      return left > 0.005 && right < left / 100;
    });
    await page.getByRole("button", { name: "Back to the finished mix" }).click();
    await page.waitForFunction(() => window.sides()[1] > 0.005);
    assert.equal(await thumbs.first().getAttribute("aria-valuetext"), "centre");
  });

  it("repeats a section until it is told to go on", async () => {
    const second = page.getByRole("list", { name: "Sections" }).locator("button[title]").nth(1);
    await second.click();
    await audible();
    const start = await position();
    await page.getByRole("button", { name: "Repeat this section" }).click();
    assert.notEqual(await second.getAttribute("data-looped"), null);
    const { startSeconds, durationSeconds } = (await songNow()).sections[1];
    const end = startSeconds + durationSeconds;
    await goTo(page, end - 1);
    await page.waitForFunction(
      ([from, to]) => {
        const now = Number(document.querySelector("[aria-label='Position in the song']").ariaValueNow);
        return now >= from && now < to;
      },
      [start, end - 2],
    );
    await audible();
    await page.getByRole("button", { name: "Repeat this section" }).click();
    assert.equal(await second.getAttribute("data-looped"), null);
  });

  it("repeats a section from its menu", async () => {
    const { name, startSeconds, durationSeconds } = (await songNow()).sections[0];
    await page.getByRole("button", { name: `More for ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: `Repeat ${name}` }).click();
    const looped = page.getByRole("list", { name: "Sections" }).locator("[data-looped]");
    await looped.waitFor();
    assert.match(await looped.getAttribute("title"), new RegExp(`^${name}, `));
    await audible();
    const now = await position();
    assert.ok(now >= Math.floor(startSeconds) && now <= startSeconds + durationSeconds);
    await page.keyboard.press("r");
    await looped.waitFor({ state: "detached" });
  });

  it("shows the notes of each instrument, closer and farther, under the playhead", async () => {
    await page.getByRole("tab", { name: "Notes" }).click();
    const roll = page.getByRole("region", { name: "Piano roll" });
    await roll.getByRole("img", { name: /notes from .+ to / }).waitFor();
    const length = () => roll.evaluate((paper) => paper.scrollWidth);
    const before = await length();
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.ok((await length()) > before * 1.4);
    await page.keyboard.press("-");
    assert.equal(await length(), before);
    await page.getByRole("combobox", { name: "Instrument" }).click();
    await page.getByRole("option", { name: /[Bb]ass/ }).first().click();
    const counted = await roll.getByRole("img").getAttribute("aria-label");
    await roll.click({ position: { x: 400, y: 60 } });
    await page.waitForFunction(() =>
      [...document.querySelectorAll("section[aria-label='Piano roll'] canvas")].every((canvas) =>
        canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean),
      ),
    );
    await page.getByRole("tab", { name: "Instruments" }).click();
    const row = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Mute .*[Bb]ass/ }) });
    const notes = /(\d+) notes/.exec(await row.first().innerText())[1];
    assert.match(counted, new RegExp(`^${notes} notes`));
  });

  it("engraves the lead sheet", async () => {
    await page.getByRole("tab", { name: "Score" }).click();
    const score = page.getByRole("img", { name: /^Lead sheet, \d+ bars/ });
    await score.locator("svg").first().waitFor();
    const bars = Number(/\d+/.exec(await score.getAttribute("aria-label"))[0]);
    await page.waitForFunction(() => document.querySelector("[data-engraved]"));
    assert.ok((await score.locator(".vf-stavenote").count()) > bars);
    assert.match(page.url(), /view=score/);
    await page.reload();
    await score.locator("svg").first().waitFor();
    await page.goto(page.url().split("?")[0]);
    await finished(page);
  });

  it("opens at the moment that its address names, and lights its bar in the score", async () => {
    await page.goto(`${stack.url}/songs/${song}?t=7`);
    await finished(page);
    await page.waitForFunction(
      () => document.querySelector("[aria-label='Position in the song']").ariaValueNow === "7",
    );
    await page.getByRole("button", { name: /^Play / }).first().click();
    await audible();
    assert.ok((await position()) >= 7);
    // At 120 BPM in 4/4 a bar takes two seconds.
    await page.goto(`${stack.url}/songs/${song}?view=score&t=7`);
    await page.locator("[data-engraved] [data-bar='4']").waitFor();
    const name = await page.getByRole("list", { name: "Sections" }).locator("button[title]").nth(1).getAttribute("title");
    const slug = name.split(",")[0].toLowerCase().replace(/[^a-z0-9]+/g, "-");
    await page.goto(`${stack.url}/library`);
    await page.goto(`${stack.url}/songs/${song}#${slug}`);
    await finished(page);
    await page.waitForFunction(
      () => Number(document.querySelector("[aria-label='Position in the song']").ariaValueNow) > 0,
    );
    await page.getByRole("button", { name: /^Play / }).first().click();
    await audible();
  });

  it("keeps two stems together to the sample", async () => {
    const stems = (await songNow()).tracks;
    const middle = ({ stem }) => Math.max(...stem.peaks.slice(50, 80));
    const [first, second] = stems.toSorted((a, b) => middle(b) - middle(a));
    for (const { name } of [first, second]) {
      await page.getByRole("button", { name: `Solo ${name}`, exact: true }).click();
    }
    const { likeness } = await hearAt(page, 15, {
      urls: [first.stem.url, second.stem.url],
      from: 14.5,
      until: 27,
    });
    assert.ok(likeness > 0.98, `the sum of the two stems is heard with likeness ${likeness.toFixed(3)}`);
    await page.getByRole("button", { name: "Back to the finished mix" }).click();
    await page.getByText("Finished mix", { exact: true }).waitFor();
  });

  it("goes on playing on another page", async () => {
    await page.getByRole("list", { name: "Sections" }).locator("button[title]").first().click();
    await audible();
    await page.getByRole("link", { name: "Library", exact: true }).click();
    await page.getByRole("heading", { name: "Library" }).waitFor();
    await audible();
    await page.goBack();
  });

  it("gives every file away, whole", async () => {
    await page.getByRole("heading", { name: "Take it with you" }).waitFor();
    const download = async (name) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name }).first().click(),
      ]);
      return readFile(await file.path());
    };
    const wav = await download(/^WAV/);
    assert.equal(wav.toString("latin1", 0, 4), "RIFF");
    assert.equal(wav.readUInt32LE(4) + 8, wav.length);
    const mp3 = await download(/^MP3/);
    assert.ok(mp3.toString("latin1", 0, 3) === "ID3" || (mp3[0] === 0xff && mp3[1] >= 0xe0));
    const midi = await download(/^MIDI/);
    assert.equal(midi.toString("latin1", 0, 4), "MThd");
    const tempo = midi.indexOf(Buffer.from([0xff, 0x51, 0x03]));
    assert.equal(Math.round(60_000_000 / midi.readUIntBE(tempo + 3, 3)), 120);
    const score = (await download(/^MusicXML/)).toString();
    assert.match(score, /<score-partwise/);
    await page.getByRole("link", { name: /^FLAC .*made when asked/ }).waitFor();
    const flac = await download(/^FLAC/);
    assert.equal(flac.toString("latin1", 0, 4), "fLaC");
    // STREAMINFO: 20 bits of rate, 3 of channels less one, 5 of bits less one.
    assert.equal(flac.readUIntBE(18, 3) >> 4, 44_100);
    assert.equal((flac.readUInt16BE(20) >> 4) & 31, 23);
    const ogg = await download(/^OGG/);
    assert.equal(ogg.toString("latin1", 0, 4), "OggS");
    assert.equal(ogg.toString("latin1", 29, 35), "vorbis");
    const names = await tracks().count();
    for (const [link, magic] of [[/^Stems, ZIP/, "RIFF"], [/^Stems, smaller ZIP/, "fLaC"]]) {
      const stems = [...unzip(await download(link)).values()];
      assert.ok(stems.length >= names);
      const sounds = stems.filter((file) => file.toString("latin1", 0, 4) === magic);
      assert.ok(sounds.length >= names, `${sounds.length} of ${stems.length} are ${magic}`);
    }
    const { syllables } = (await songNow()).lyrics;
    const lines = (await download(/^LRC/)).toString().split("\n").filter((line) => /^\[\d/.test(line));
    const times = lines.map((line) => /^\[(\d+):(\d+\.\d+)\]/.exec(line).slice(1).map(Number));
    const seconds = times.map(([minutes, rest]) => minutes * 60 + rest);
    assert.deepEqual(seconds, seconds.toSorted((one, other) => one - other));
    const letters = (text) => text.replace(/[^\p{L}]/gu, "");
    assert.equal(letters(lines.join("")), letters(syllables.map(({ text }) => text).join("")));
    await page.getByText(/\d+ stems/).click();
    const stem = await download(/^(Drums|.*[Bb]ass)/);
    assert.equal(stem.toString("latin1", 8, 12), "WAVE");
  });

  it("never complained", () => assertQuiet(complaints));
});
