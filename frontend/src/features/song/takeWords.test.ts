import { expect, it } from "vitest";
import { changeOf, matchingGain, neighbour } from "./takeWords";
import type { TakeEntry } from "./useProject";

const take = (id: string, over: Partial<TakeEntry> = {}): TakeEntry => ({
  id,
  number: 1,
  parentId: null,
  status: "COMPLETED",
  error: null,
  createdAt: "2026-01-01T00:00:00Z",
  progress: 1,
  change: null,
  song: null,
  ...over,
});
const measured = (id: string, loudnessLufs: number) =>
  take(id, { song: { report: { loudnessLufs } } });

it("plays no take louder than it is, and all as loud as the quietest", () => {
  const takes = [measured("loud", -9), measured("quiet", -16), take("unmeasured")];
  const heard = takes.slice(0, 2).map(({ id, song }) => {
    return (song?.report?.loudnessLufs ?? 0) + matchingGain(takes, id);
  });
  expect(heard).toEqual([-16, -16]);
  expect(matchingGain(takes, "quiet")).toBe(0);
  expect(matchingGain(takes, "unmeasured")).toBe(0);
});

it("goes round the finished takes and passes over the others", () => {
  const takes = [take("a"), take("b", { status: "FAILED" }), take("c")];
  expect(neighbour(takes, "a", 1)?.id).toBe("c");
  expect(neighbour(takes, "c", 1)?.id).toBe("a");
  expect(neighbour(takes, "a", -1)?.id).toBe("c");
  expect(neighbour([take("a")], "a", 1)).toBeNull();
});

it("says what was changed", () => {
  expect(changeOf(take("a"))).toBe("As first made");
  const change = { kind: "SECTION", summary: "Another Chorus 1" } as const;
  expect(changeOf(take("b", { number: 2, change }))).toBe("Another Chorus 1");
});
