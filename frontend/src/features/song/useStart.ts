import { useEffect, useRef } from "react";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import type { Section } from "./song";
import { startOf } from "./songAddress";

/** An address with a time or a section makes the song ready there, unless something sounds. */
export const useStart = (playable: Playable | null, sections: readonly Section[]): void => {
  const done = useRef(false);
  useEffect(() => {
    if (!playable || done.current) return;
    done.current = true;
    const start = startOf(location, sections);
    const { status } = player.snapshot();
    if (start === null || status === "playing" || status === "loading") return;
    player.cue(playable, start);
  }, [playable, sections]);
};
