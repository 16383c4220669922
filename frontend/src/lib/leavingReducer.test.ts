import { expect, it } from "vitest";
import { leavingReducer } from "./leavingReducer";

it("hides what leaves and shows it again when it stays", () => {
  const left = leavingReducer(new Set(["a"]), { type: "leaves", id: "b" });
  expect([...left]).toEqual(["a", "b"]);
  expect([...leavingReducer(left, { type: "stays", id: "a" })]).toEqual(["b"]);
});

it("leaves the state before untouched", () => {
  const before = new Set(["a"]);
  leavingReducer(before, { type: "stays", id: "a" });
  expect(before.has("a")).toBe(true);
});
