import type { Song } from "./song";

type Syllable = NonNullable<Song["lyrics"]>["syllables"][number];

export type Line = { readonly startSeconds: number; readonly text: string };

/** Syllables on their notes, put together to the lines they are sung in. */
export const linesOf = (syllables: readonly Syllable[]): Line[] => {
  const lines = new Map<number, Line>();
  for (const { line, text, wordEnd, startSeconds } of syllables) {
    const before = lines.get(line);
    lines.set(line, {
      startSeconds: before?.startSeconds ?? startSeconds,
      text: (before?.text ?? "") + text + (wordEnd ? " " : ""),
    });
  }
  return [...lines.values()].sort((a, b) => a.startSeconds - b.startSeconds);
};
