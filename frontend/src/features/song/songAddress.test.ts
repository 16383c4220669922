import { describe, expect, it } from "vitest";
import type { Section } from "./song";
import { linkTo, sectionSlug, startOf } from "./songAddress";

const section = (name: string, startSeconds: number): Section => ({
  index: 0,
  name,
  startBar: 0,
  bars: 4,
  startSeconds,
  durationSeconds: 10,
  energy: 0.5,
  chords: [],
});
const SECTIONS = [section("Intro", 0), section("Chorus", 10), section("Chorus", 20)];

it("gives each section a word of its own", () => {
  expect(SECTIONS.map((_, index) => sectionSlug(SECTIONS, index))).toEqual([
    "intro",
    "chorus",
    "chorus-2",
  ]);
  expect(sectionSlug([section("Pre-Chorus 1!", 0)], 0)).toBe("pre-chorus-1");
});

describe("startOf", () => {
  it("finds a section, and lets a time win", () => {
    expect(startOf({ search: "", hash: "#chorus-2" }, SECTIONS)).toBe(20);
    expect(startOf({ search: "?t=3.5", hash: "#chorus-2" }, SECTIONS)).toBe(3.5);
    expect(startOf({ search: "?t=0", hash: "" }, SECTIONS)).toBe(0);
  });

  it("passes over what says nothing", () => {
    expect(startOf({ search: "", hash: "" }, SECTIONS)).toBeNull();
    expect(startOf({ search: "?t=soon", hash: "#nowhere" }, SECTIONS)).toBeNull();
    expect(startOf({ search: "?t=-4", hash: "#%E0%A4%A" }, SECTIONS)).toBeNull();
  });
});

it("links to a moment and keeps the view", () => {
  const here = { origin: "http://studio", pathname: "/songs/a", search: "?view=notes" };
  expect(linkTo(12.34, here as Location)).toBe("http://studio/songs/a?view=notes&t=12.3");
});
