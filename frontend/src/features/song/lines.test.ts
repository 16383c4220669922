import { expect, it } from "vitest";
import { linesOf } from "./lines";

const syllable = (line: number, text: string, startSeconds: number, wordEnd: boolean) => ({
  line,
  text,
  startSeconds,
  durationSeconds: 0.5,
  wordEnd,
});

it("puts syllables together to words and words to lines", () => {
  const lines = linesOf([
    syllable(0, "sum", 4, false),
    syllable(0, "mer", 4.5, true),
    syllable(0, "rain", 5, true),
    syllable(1, "falls", 8, true),
  ]);
  expect(lines.map((line) => line.text.trim())).toEqual(["summer rain", "falls"]);
  expect(lines.map((line) => line.startSeconds)).toEqual([4, 8]);
});
