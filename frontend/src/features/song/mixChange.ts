import { neutralStrips, type Playable } from "@/audio/playerState";
import { LOWEST_GAIN_DB, NEUTRAL, type Strip, type Strips } from "@/audio/strip";
import type { StripInput } from "@/gql/graphql";
import { decibels, panning } from "@/lib/format";
import type { Track } from "./song";
import type { ShownTake } from "./useProject";

type Settings = ShownTake["mix"]["tracks"];

/** What the server takes. */
const SILENT_DB = -60;
const LOUDEST_DB = 24;
const WIDEST = 2;

const rounded = (value: number) => Math.round(value * 100) / 100;
const within = (value: number, low: number, high: number) =>
  rounded(Math.min(high, Math.max(low, value)));

const differs = (strip: Strip, own: Strip) =>
  strip.gainDb !== 0 || strip.pan !== 0 || strip.muted !== own.muted;

/** The listener's strips that a mix can keep; a solo is for listening only. */
const touched = (strips: Strips, playable: Playable): [string, Strip, Strip][] => {
  const base = neutralStrips(playable);
  return Object.entries(strips).flatMap(([id, strip]): [string, Strip, Strip][] => {
    const own = base[id] ?? NEUTRAL;
    return differs(strip, own) ? [[id, strip, own]] : [];
  });
};

/** What to set at the take's mixer: the listener's changes on top of what is set there. */
export const mixChange = (strips: Strips, playable: Playable, settings: Settings): StripInput[] =>
  touched(strips, playable).map(([trackId, strip, own]) => {
    const before = settings.find((one) => one.trackId === trackId);
    const gainDb =
      strip.gainDb <= LOWEST_GAIN_DB ? SILENT_DB : (before?.gainDb ?? 0) + strip.gainDb;
    return {
      trackId,
      ...(strip.gainDb !== 0 && { gainDb: within(gainDb, SILENT_DB, LOUDEST_DB) }),
      ...(strip.pan !== 0 && { pan: within((before?.pan ?? 0) + strip.pan, -WIDEST, WIDEST) }),
      ...(strip.muted !== own.muted && { muted: strip.muted }),
    };
  });

/** The same in words: "Bass muted, Piano −3.0 dB". */
export const mixWords = (
  strips: Strips,
  playable: Playable,
  tracks: readonly Pick<Track, "id" | "name">[],
): string =>
  touched(strips, playable)
    .map(([id, strip, own]) => {
      const parts = [
        strip.muted !== own.muted && (strip.muted ? "muted" : "to be heard again"),
        strip.gainDb !== 0 && (strip.gainDb <= LOWEST_GAIN_DB ? "silent" : decibels(strip.gainDb)),
        strip.pan !== 0 && panning(strip.pan),
      ].filter(Boolean);
      return `${tracks.find((track) => track.id === id)?.name ?? id} ${parts.join(", ")}`;
    })
    .join("; ");
