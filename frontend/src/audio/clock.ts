/** The song's time as a function of the audio hardware's clock; every track reads the same one. */

export type Clock = {
  /** Reading of the hardware clock when the song stood at `offsetSeconds`. */
  readonly anchorSeconds: number;
  readonly offsetSeconds: number;
};

export const startClock = (nowSeconds: number, offsetSeconds: number): Clock => ({
  anchorSeconds: nowSeconds,
  offsetSeconds,
});

export const songSeconds = (clock: Clock, nowSeconds: number): number =>
  clock.offsetSeconds + Math.max(0, nowSeconds - clock.anchorSeconds);

/** When, on the hardware clock, a moment of the song sounds. */
export const hardwareSeconds = (clock: Clock, atSongSeconds: number): number =>
  clock.anchorSeconds + (atSongSeconds - clock.offsetSeconds);

export type Loop = { readonly startSeconds: number; readonly endSeconds: number };

/** Where to go on when the playhead has reached the end of the loop; null while inside. */
export const loopTarget = (loop: Loop | null, positionSeconds: number): number | null =>
  loop && positionSeconds >= loop.endSeconds ? loop.startSeconds : null;

export const movedLoop = (loop: Loop, target: (seconds: number) => number): Loop => ({
  startSeconds: target(loop.startSeconds),
  endSeconds: target(loop.endSeconds),
});
