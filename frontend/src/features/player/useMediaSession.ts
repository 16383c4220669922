import { useEffect } from "react";
import { player } from "@/audio/player";
import type { PlayerState } from "@/audio/playerState";

const SKIP_SECONDS = 10;

/** Media keys, headphones and lock screens speak to the player too. */
export const useMediaSession = ({ song, status }: PlayerState): void => {
  useEffect(() => {
    if (!("mediaSession" in navigator) || !song) return;
    const { mediaSession } = navigator;
    mediaSession.metadata = new MediaMetadata({ title: song.title, artist: "AI Music Studio" });
    mediaSession.setActionHandler("play", () => void player.play());
    mediaSession.setActionHandler("pause", () => player.pause());
    mediaSession.setActionHandler("seekbackward", () => skip(-SKIP_SECONDS));
    mediaSession.setActionHandler("seekforward", () => skip(SKIP_SECONDS));
  }, [song]);
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.playbackState = status === "playing" ? "playing" : "paused";
  }, [status]);
};

const skip = (seconds: number): void => void player.seek(player.position() + seconds);
