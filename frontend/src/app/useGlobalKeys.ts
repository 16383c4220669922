import { player } from "@/audio/player";
import { useKeys } from "@/lib/keys";

const SEEK_SECONDS = 5;

export type KeyActions = Readonly<Record<string, () => void>>;

const skip = (seconds: number): void => void player.seek(player.position() + seconds);

const PLAYING: KeyActions = {
  " ": () => void player.toggle(),
  ArrowLeft: () => skip(-SEEK_SECONDS),
  ArrowRight: () => skip(SEEK_SECONDS),
};

/** Keys that work on every page: those of the player while a song is loaded, and the page's own. */
export const useGlobalKeys = (own: KeyActions): void => {
  useKeys(({ key }) => {
    const act = (player.snapshot().song ? PLAYING[key] : undefined) ?? own[key];
    act?.();
    return act !== undefined;
  });
};
