/** What a listener has done to one track; the composer's own balance is already in the stem. */
export type Strip = {
  readonly gainDb: number;
  /** -1 (left) to 1 (right), on top of where the composer put it. */
  readonly pan: number;
  readonly muted: boolean;
  readonly soloed: boolean;
};

export type Strips = Readonly<Record<string, Strip>>;

export const NEUTRAL: Strip = { gainDb: 0, pan: 0, muted: false, soloed: false };
export const LOWEST_GAIN_DB = -40;
export const HIGHEST_GAIN_DB = 6;

export const dbToGain = (db: number): number => (db <= LOWEST_GAIN_DB ? 0 : 10 ** (db / 20));

/** The factor each track sounds with: solo silences all others, mute always wins. */
export const audibleGains = (strips: Strips): Record<string, number> => {
  const anySolo = Object.values(strips).some((strip) => strip.soloed);
  return Object.fromEntries(
    Object.entries(strips).map(([id, strip]) => {
      const silent = strip.muted || (anySolo && !strip.soloed);
      return [id, silent ? 0 : dbToGain(strip.gainDb)];
    }),
  );
};

/** Whether every track is as `base` has it; what is not in there is left alone. */
export const isNeutral = (strips: Strips, base: Strips = {}): boolean =>
  Object.entries(strips).every(([id, { gainDb, pan, muted, soloed }]) => {
    const own = base[id] ?? NEUTRAL;
    return gainDb === own.gainDb && pan === own.pan && muted === own.muted && soloed === own.soloed;
  });
