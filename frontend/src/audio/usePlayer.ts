import { useEffect, useRef, useSyncExternalStore } from "react";
import { player } from "@/audio/player";
import type { PlayerState } from "@/audio/playerState";

export const usePlayer = (): PlayerState => useSyncExternalStore(player.subscribe, player.snapshot);

/** Calls back with the playhead on each frame while it moves, and with null when another song plays. */
export const usePlayhead = (songId: string, onMove: (seconds: number | null) => void): void => {
  const { song, status } = usePlayer();
  const active = song?.id === songId;
  const callback = useRef(onMove);
  callback.current = onMove;
  useEffect(() => {
    if (!active) {
      callback.current(null);
      return;
    }
    let frame = 0;
    const draw = () => {
      callback.current(player.position());
      if (status === "playing") frame = requestAnimationFrame(draw);
    };
    draw();
    const stop = player.subscribe(() => callback.current(player.position()));
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [active, status]);
};
