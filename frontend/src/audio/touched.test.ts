import { expect, it } from "vitest";
import { NEUTRAL } from "@/audio/strip";
import { Touched } from "@/audio/touched";

const take = (takeId: string, muted = false) => ({
  id: "p",
  takeId,
  title: "Dawn",
  durationSeconds: 10,
  url: "/files/mix",
  stems: [{ id: "bass", url: "/files/bass", muted }],
});

it("keeps what was done to each take of a song apart", () => {
  const touched = new Touched();
  const quiet = { bass: { ...NEUTRAL, gainDb: -6 } };
  touched.keep(take("one"), quiet);
  expect(touched.of(take("one"))).toEqual({ strips: quiet, neutral: false });
  expect(touched.of(take("two"))).toEqual({ strips: { bass: NEUTRAL }, neutral: true });
  touched.clear();
  expect(touched.of(take("one")).neutral).toBe(true);
});

it("takes a track that the mix leaves out for untouched while it is muted", () => {
  const touched = new Touched();
  expect(touched.of(take("one", true)).neutral).toBe(true);
  touched.keep(take("one", true), { bass: NEUTRAL });
  expect(touched.of(take("one", true)).neutral).toBe(false);
});
