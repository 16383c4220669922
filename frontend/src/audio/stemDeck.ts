import type { Output } from "@/audio/output";
import type { Playable } from "@/audio/playerState";
import { StemMixer } from "@/audio/stemMixer";

type Stems = Playable["stems"];
type Opening = { readonly stems: Stems; readonly mixer: Promise<StemMixer> };

/** The stems of the song that plays: opened when first wanted, once, and closed with the song. */
export class StemDeck {
  private opening: Opening | null = null;
  private open: StemMixer | null = null;

  constructor(private readonly onFailure: (error: Error) => void) {}

  get mixer(): StemMixer | null {
    return this.open;
  }

  /** The mixer of these stems; null when others have taken their place meanwhile. */
  async prepare(stems: Stems, { context, volume }: Output): Promise<StemMixer | null> {
    if (this.opening?.stems !== stems) {
      this.close();
      this.opening = { stems, mixer: StemMixer.open(context, volume, stems, this.onFailure) };
    }
    const { opening } = this;
    if (!opening) return null;
    try {
      const mixer = await opening.mixer;
      if (this.opening !== opening) return null;
      this.open = mixer;
      return mixer;
    } catch (error) {
      if (this.opening === opening) this.opening = null;
      throw error;
    }
  }

  close(): void {
    void this.opening?.mixer.then(
      (mixer) => mixer.close(),
      () => undefined,
    );
    this.opening = null;
    this.open = null;
  }
}
