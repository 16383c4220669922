import { expect, it } from "vitest";
import type { StageName } from "@/gql/graphql";
import type { Stage } from "./stage";
import { NOTHING_MAKING, tracksMaking } from "./tracksMaking";

const stage = (name: StageName, over: Partial<Stage> = {}): Stage => ({
  name,
  status: "COMPLETED",
  progress: 1,
  message: null,
  startedAt: null,
  durationSeconds: null,
  error: null,
  tracks: [],
  ...over,
});

it("knows how far each instrument has played, also when all have", () => {
  const tracks = [{ trackId: "bass", progress: 0.4, outline: null }];
  expect(tracksMaking([stage("ARRANGEMENT"), stage("RENDERING", { tracks })]).played).toEqual(
    tracks,
  );
  expect(tracksMaking([stage("PLANNING")])).toEqual(NOTHING_MAKING);
});

it("knows which one is being mixed, but not after that", () => {
  const mixing = (over: Partial<Stage>) => tracksMaking([stage("MIXING", over)]).mixing;
  expect(mixing({ status: "RUNNING", message: "Mixing Soft Piano" })).toBe("Soft Piano");
  expect(mixing({ status: "RUNNING", message: "Mastering" })).toBeNull();
  expect(mixing({ status: "CANCELLED", message: "Mixing Soft Piano" })).toBeNull();
});
