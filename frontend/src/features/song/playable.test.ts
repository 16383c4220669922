import { describe, expect, it } from "vitest";
import { indexAt, playableOf, previewOf, sectionAt } from "./playable";
import type { Project, Section } from "./useProject";

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

describe("previewOf", () => {
  const file = { format: "MP3", url: "/files/excerpt", durationSeconds: 12 };
  const making = (song: object | null) =>
    ({
      id: "p",
      title: "Dawn",
      song: song && { tracks: [], audio: [], ...song },
    }) as never as Project;

  it("is a song of its own for the player, until the whole song is there", () => {
    const early = making({ preview: file });
    expect(previewOf(early)).toMatchObject({ id: "p#preview", url: file.url, durationSeconds: 12 });
    expect(playableOf(early)).toBeNull();
    const late = making({ preview: file, audio: [{ ...file, url: "/files/master" }] });
    expect(previewOf(late)).toBeNull();
    expect(playableOf(late)?.url).toBe("/files/master");
  });

  it("is none before there is an excerpt", () => {
    expect(previewOf(making(null))).toBeNull();
    expect(previewOf(making({ preview: null }))).toBeNull();
  });
});
