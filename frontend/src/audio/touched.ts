import { neutralStrips, type Playable } from "@/audio/playerState";
import { isNeutral, type Strips } from "@/audio/strip";

/** What a listener has done to the tracks of each take, kept while another one plays. */
export class Touched {
  private readonly strips = new Map<string, Strips>();

  keep(take: Playable, strips: Strips): void {
    this.strips.set(keyOf(take), strips);
  }

  of(take: Playable): { strips: Strips; neutral: boolean } {
    const base = neutralStrips(take);
    const strips = this.strips.get(keyOf(take)) ?? base;
    return { strips, neutral: isNeutral(strips, base) };
  }

  clear(): void {
    this.strips.clear();
  }
}

const keyOf = ({ id, takeId }: Playable): string => takeId ?? id;
