import { lufs, titleCase } from "@/lib/format";
import type { ShownTake } from "./useProject";

/** What is set for the master as a whole. */
export type Master = Pick<ShownTake["mix"], "targetLufs" | "dynamic" | "preset">;

/** What the server takes. */
export const QUIETEST_LUFS = -23;
export const LOUDEST_LUFS = -9;

export const USUAL_LOUDNESSES = [
  { name: "Quiet", targetLufs: QUIETEST_LUFS },
  { name: "Streaming", targetLufs: -14 },
  { name: "Loud", targetLufs: LOUDEST_LUFS },
] as const;

/** What a loudness is good for, in plain words. */
export const purposeOf = (targetLufs: number): string => {
  if (targetLufs <= -20) return "quiet, for broadcast";
  if (targetLufs < -15) return "soft";
  if (targetLufs <= -13) return "for streaming";
  return targetLufs < -10 ? "louder than streaming" : "loud, for the club";
};

/** What is wished otherwise than the take has it. */
export const masterChange = (wish: Master, own: Master): Partial<Master> => ({
  ...(wish.targetLufs !== own.targetLufs && { targetLufs: wish.targetLufs }),
  ...(wish.dynamic !== own.dynamic && { dynamic: wish.dynamic }),
  ...(wish.preset !== own.preset && { preset: wish.preset }),
});

/** The same in words: "loudness −9 LUFS", "dynamics kept", "in the manner of Jazz". */
export const masterWords = ({ targetLufs, dynamic, preset }: Partial<Master>): string[] =>
  [
    targetLufs !== undefined && `loudness ${lufs(targetLufs)}`,
    dynamic !== undefined && (dynamic ? "dynamics kept" : "as loud as asked"),
    preset !== undefined &&
      (preset ? `in the manner of ${titleCase(preset)}` : "in its own manner"),
  ].filter((words) => words !== false);
