import { expect, it } from "vitest";
import { isNarrowed, paramsOf, type Question, questionOf } from "./question";

const ask = (address: string): Question => questionOf(new URLSearchParams(address));

it("comes back from its address", () => {
  const question: Question = { search: "rain & tea", filter: "FAILED", order: "LENGTH" };
  expect(ask(paramsOf(question).toString())).toEqual(question);
});

it("leaves out what is usual", () => {
  expect(paramsOf(ask("")).toString()).toBe("");
  expect(isNarrowed(ask("order=title"))).toBe(false);
  expect(isNarrowed(ask("q=%20a"))).toBe(true);
});

it("reads a wrong word as none", () => {
  expect(ask("status=toString&order=loudest")).toEqual(ask(""));
});
