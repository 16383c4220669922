import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { Store } from "@/audio/store";

type Step = (by: 1 | -1) => boolean;
type Around = {
  /** The list that the song was started from. */
  readonly songs: readonly Playable[];
  /** The way to the song's other takes, while its page is open. */
  readonly takes: Step | null;
};

/** What "next" and "previous" mean: the list a song was started from, else its takes. */
export class Order extends Store<Around> {
  constructor() {
    super({ songs: [], takes: null });
  }

  /** Remember a list when one of its songs is started. */
  follow(songs: readonly Playable[]): void {
    this.update({ songs });
  }

  /** Offer the takes of the song whose page is open; returns how to take them back. */
  offer(takes: Step): () => void {
    this.update({ takes });
    return () => this.state.takes === takes && this.update({ takes: null });
  }

  /** The way to the neighbour of a song; null when it has none. */
  from(songId: string | undefined, by: 1 | -1): (() => void) | null {
    const { songs, takes } = this.state;
    const here = songs.findIndex(({ id }) => id === songId);
    if (here < 0) return takes && (() => void takes(by));
    const next = songs[here + by];
    return next ? () => void player.play(next, 0) : null;
  }
}

export const order = new Order();
