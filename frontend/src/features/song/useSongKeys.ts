import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { NEUTRAL } from "@/audio/strip";
import { useKeys } from "@/lib/keys";
import { repeatSection } from "./repeatSection";
import type { Section } from "./song";

/**
 * 1–9 solo a track, Shift with them mutes it, 0 goes back to the mix, R repeats the section,
 * T shows the next take and Shift+T the one before; `step` says whether there is one.
 */
export const useSongKeys = (
  playable: Playable | null,
  sections: readonly Section[],
  step: (by: 1 | -1) => boolean,
): void => {
  useKeys((event) => {
    if (event.code === "KeyT") return step(event.shiftKey ? -1 : 1);
    if (!playable) return false;
    if (event.key === "r" && player.snapshot().song?.id === playable.id) {
      repeatSection(sections);
      return true;
    }
    const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
    if (digit === undefined) return false;
    if (digit === "0") {
      void player.resetStrips();
      return true;
    }
    const stem = playable.stems[Number(digit) - 1];
    if (!stem || player.snapshot().song?.id !== playable.id) return false;
    const strip = player.snapshot().strips[stem.id] ?? NEUTRAL;
    void player.setStrip(
      stem.id,
      event.shiftKey ? { muted: !strip.muted } : { soloed: !strip.soloed },
    );
    return true;
  });
};
