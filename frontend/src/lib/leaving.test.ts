import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { goneIds, leave } from "./leaving";
import { toastList, UNDO_MILLISECONDS } from "./toast";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const undo = () => toastList().at(-1)?.action?.run();

it("hides what leaves at once and removes it when its undo has passed", async () => {
  const remove = vi.fn(async () => null);
  leave(["a", "b"], "Two deleted", remove);
  expect([...goneIds()]).toEqual(["a", "b"]);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);
  expect(remove.mock.calls).toEqual([["a"], ["b"]]);
  expect(goneIds().has("a")).toBe(true);
  undo();
  expect(goneIds().has("a")).toBe(true);
});

it("brings back what is undone, and never removes it", async () => {
  const remove = vi.fn(async () => null);
  leave(["c"], "One deleted", remove);
  undo();
  expect(goneIds().has("c")).toBe(false);
  await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);
  expect(remove).not.toHaveBeenCalled();
});

it("brings back what could not be removed, and says why", async () => {
  leave(["d"], "One deleted", async () => "The studio cannot reach its server.");
  await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);
  expect(goneIds().has("d")).toBe(false);
  expect(toastList().at(-1)?.text).toBe("The studio cannot reach its server.");
});
