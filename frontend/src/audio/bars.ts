/** Where a part of the form lies, in bars and in seconds. */
export type BarSpan = {
  /** Counted from 0. */
  readonly startBar: number;
  readonly bars: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
};

/** The bar that sounds at a moment, with its fraction; null when the form is unknown. */
export const barAt = (form: readonly BarSpan[], seconds: number): number | null => {
  const span = form.findLast(({ startSeconds }) => startSeconds <= seconds + 1e-6) ?? form[0];
  if (!span || span.durationSeconds <= 0) return null;
  const inside = (seconds - span.startSeconds) / span.durationSeconds;
  return span.startBar + Math.min(1, Math.max(0, inside)) * span.bars;
};

/** When a bar begins; one beyond the end leads to the start of the last part. */
export const secondsOfBar = (form: readonly BarSpan[], bar: number): number => {
  const span = form.findLast(({ startBar }) => startBar <= bar + 1e-6);
  if (!span || span.bars <= 0) return 0;
  const inside = (bar - span.startBar) / span.bars;
  return span.startSeconds + (inside > 1 + 1e-6 ? 0 : inside) * span.durationSeconds;
};

/** Where another take stands when this one stands at `seconds`: at the same place of the same bar. */
export const sameBar = (
  from: readonly BarSpan[],
  to: readonly BarSpan[],
  seconds: number,
): number => {
  const bar = barAt(from, seconds);
  return bar === null || to.length === 0 ? seconds : secondsOfBar(to, bar);
};
