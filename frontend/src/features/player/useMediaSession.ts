import { useEffect, useSyncExternalStore } from "react";
import { order } from "@/audio/order";
import { player } from "@/audio/player";
import type { PlayerState } from "@/audio/playerState";

const SKIP_SECONDS = 10;

/** Media keys, headphones and lock screens speak to the player too, and show where it is. */
export const useMediaSession = (state: PlayerState): void => {
  const { song, status } = state;
  const around = useSyncExternalStore(order.subscribe, order.snapshot);

  useEffect(() => {
    const { mediaSession } = navigator;
    if (!mediaSession || !song) return;
    mediaSession.metadata = new MediaMetadata({ title: song.title, artist: "AI Music Studio" });
    for (const [action, act] of Object.entries(ACTIONS)) {
      mediaSession.setActionHandler(action as MediaSessionAction, act);
    }
  }, [song]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other neighbours
  useEffect(() => {
    navigator.mediaSession?.setActionHandler("previoustrack", order.from(song?.id, -1));
    navigator.mediaSession?.setActionHandler("nexttrack", order.from(song?.id, 1));
  }, [song?.id, around]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every change may have moved the playhead
  useEffect(() => {
    const { mediaSession } = navigator;
    if (!mediaSession) return;
    mediaSession.playbackState = song ? (status === "playing" ? "playing" : "paused") : "none";
    if (!song) return mediaSession.setPositionState();
    mediaSession.setPositionState({
      duration: song.durationSeconds,
      position: player.position(),
      playbackRate: 1,
    });
  }, [state]);
};

const skip = (seconds: number): void => void player.seek(player.position() + seconds);

const ACTIONS: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
  play: () => void player.play(),
  pause: () => player.pause(),
  stop: () => player.unload(),
  seekbackward: ({ seekOffset }) => skip(-(seekOffset ?? SKIP_SECONDS)),
  seekforward: ({ seekOffset }) => skip(seekOffset ?? SKIP_SECONDS),
  seekto: ({ seekTime }) => void player.seek(seekTime ?? 0),
};
