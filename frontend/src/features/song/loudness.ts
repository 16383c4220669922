import type { Section } from "./song";

/** Silence, as the server writes it. */
export const SILENCE_LUFS = -70;
/** A value is that of three seconds; it stands for their middle. */
const MIDDLE_SECONDS = 1.5;

/** Loudness of a song over its time: one value for each second that it goes on for three. */
export type Curve = readonly number[];

export const secondsAt = (index: number): number => index + MIDDLE_SECONDS;

/** The loudest moment of a curve that has any. */
export const loudestOf = (curve: Curve): { seconds: number; lufs: number } => {
  const loudest = Math.max(...curve);
  return { seconds: secondsAt(curve.indexOf(loudest)), lufs: loudest };
};

export type SectionLoudness = {
  readonly name: string;
  readonly startSeconds: number;
  readonly softest: number;
  readonly loudest: number;
};

/** How soft and how loud each section gets; one too short to be measured is left out. */
export const bySection = (
  curve: Curve,
  sections: readonly Pick<Section, "name" | "startSeconds" | "durationSeconds">[],
): SectionLoudness[] =>
  sections.flatMap(({ name, startSeconds, durationSeconds }) => {
    const values = curve.filter((_, index) => {
      const since = secondsAt(index) - startSeconds;
      return since >= 0 && since < durationSeconds;
    });
    if (values.length === 0) return [];
    return [{ name, startSeconds, softest: Math.min(...values), loudest: Math.max(...values) }];
  });
