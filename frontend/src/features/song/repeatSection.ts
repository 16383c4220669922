import { player } from "@/audio/player";
import { sectionAt } from "./playable";
import type { Section } from "./song";

/** Stay in the section that plays now, or go on again. */
export const repeatSection = (sections: readonly Section[]): void => {
  const here = sectionAt(sections, player.position());
  if (player.snapshot().loop) player.setLoop(null);
  else if (here) {
    const { startSeconds, durationSeconds } = here;
    player.setLoop({ startSeconds, endSeconds: startSeconds + durationSeconds });
  }
};
