import { describe, expect, it } from "vitest";
import { indexAt, playableOf, previewOf, sectionAt } from "./playable";
import type { Section } from "./song";
import type { Project } from "./useProject";

const section = (name: string, startSeconds: number): Section => ({
  index: startSeconds,
  name,
  startBar: 0,
  bars: 4,
  startSeconds,
  durationSeconds: 10,
  energy: 0.5,
  chords: [],
});

describe("indexAt", () => {
  const moments = [0, 2, 4, 6].map((startSeconds) => ({ startSeconds }));

  it("finds the moment that has begun last", () => {
    expect([0, 1.9, 2, 5, 99].map((seconds) => indexAt(moments, seconds))).toEqual([0, 0, 1, 2, 3]);
  });

  it("finds none before the first", () => {
    expect(indexAt(moments, -1)).toBe(-1);
    expect(indexAt([], 5)).toBe(-1);
  });
});

it("knows the section of a moment", () => {
  const sections = [section("Intro", 0), section("Verse", 10)];
  expect(sectionAt(sections, 9.9)?.name).toBe("Intro");
  expect(sectionAt(sections, 10)?.name).toBe("Verse");
  expect(sectionAt([], 3)).toBeNull();
});

const file = { format: "MP3", url: "/files/excerpt", durationSeconds: 12 };
const entry = (id: string, loudnessLufs: number | null) => ({
  id,
  song: { report: loudnessLufs === null ? null : { loudnessLufs } },
});
const project = (song: object | null, over: object = {}) =>
  ({
    id: "p",
    title: "Dawn",
    currentTake: { id: "one" },
    takes: [entry("one", -14)],
    take: { id: "one", number: 1, song: song && { tracks: [], audio: [], sections: [], ...song } },
    ...over,
  }) as never as Project;

describe("previewOf", () => {
  it("is a song of its own for the player, until the whole song is there", () => {
    const early = project({ preview: file });
    expect(previewOf(early)).toMatchObject({ id: "p#preview", url: file.url, durationSeconds: 12 });
    expect(playableOf(early)).toBeNull();
    const late = project({ preview: file, audio: [{ ...file, url: "/files/master" }] });
    expect(previewOf(late)).toBeNull();
    expect(playableOf(late)?.url).toBe("/files/master");
  });

  it("is none before there is an excerpt", () => {
    expect(previewOf(project(null))).toBeNull();
    expect(previewOf(project({ preview: null }))).toBeNull();
  });
});

describe("playableOf", () => {
  it("plays a take as loud as the quietest, and links to it", () => {
    const takes = [entry("one", -14), entry("two", -17.5), entry("three", null)];
    const found = playableOf(project({ audio: [file] }, { takes }));
    expect(found).toMatchObject({ takeId: "one", gainDb: -3.5, title: "Dawn, take 1" });
    expect(found?.page).toBe("/songs/p");
    const other = project({ audio: [file] }, { takes, currentTake: { id: "two" } });
    expect(playableOf(other)?.page).toBe("/songs/p?take=one");
  });

  it("knows which tracks the mix leaves out", () => {
    const tracks = [
      { id: "bass", muted: true, stem: { url: "/files/bass" } },
      { id: "keys", muted: false, stem: null },
    ];
    const stems = playableOf(project({ audio: [file], tracks }))?.stems;
    expect(stems).toEqual([{ id: "bass", url: "/files/bass", muted: true }]);
  });
});
