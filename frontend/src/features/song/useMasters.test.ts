import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useMasters } from "./useMasters";

const take = (id: string, targetLufs = -14) => ({
  id,
  mix: { targetLufs, dynamic: false, preset: null, tracks: [] },
});

it("keeps what is wished for each take, until it is taken back", () => {
  const { result } = renderHook(useMasters);
  const desk = (id: string, targetLufs?: number) => result.current(take(id, targetLufs));
  expect(desk("one").wish.targetLufs).toBe(-14);
  act(() => desk("one").set({ targetLufs: -9 }));
  act(() => desk("one").set({ dynamic: true }));
  expect(desk("one").change).toEqual({ targetLufs: -9, dynamic: true });
  expect(desk("two", -20).wish.targetLufs).toBe(-20);
  expect(desk("two", -20).change).toEqual({});
  act(() => desk("one").reset());
  expect(desk("one").change).toEqual({});
});
