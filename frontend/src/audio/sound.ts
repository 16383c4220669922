import { MixDeck } from "@/audio/mixDeck";
import { type Output, openOutput } from "@/audio/output";
import { fileOf, type Playable, type PlayerState } from "@/audio/playerState";
import { StemDeck } from "@/audio/stemDeck";
import type { Strips } from "@/audio/strip";

type Source = PlayerState["source"];
type Events = { onEnd: () => void; onFailure: (message: string) => void };

/** A song made audible, as its finished mix or as its stems, through one output. */
export class Sound {
  readonly mix: MixDeck;
  private readonly deck: StemDeck;
  private output: Output | null = null;
  private gain = 1;

  constructor({ onEnd, onFailure }: Events) {
    this.mix = new MixDeck(onEnd, () => onFailure("The song's file could not be loaded."));
    this.deck = new StemDeck((error) => onFailure(error.message));
  }

  /** Where the sound stands; null while it does not run. */
  position(source: Source): number | null {
    return source === "mix" ? this.mix.seconds : (this.deck.mixer?.position() ?? null);
  }

  /** Of the sum (no id), or of one track while stems play. */
  analyser(trackId?: string): AnalyserNode | undefined {
    return trackId === undefined ? this.output?.analyser : this.deck.mixer?.analyser(trackId);
  }

  /** Resolves when it sounds, or when it is no longer `wanted`. */
  async start(
    { song, source, strips }: PlayerState,
    seconds: number,
    wanted: () => boolean,
  ): Promise<void> {
    this.output ??= openOutput(this.gain);
    const { output } = this;
    await output.context.resume();
    if (!wanted() || !song) return;
    if (source === "mix") {
      this.deck.mixer?.stop();
      return this.mix.play(seconds, output);
    }
    this.mix.pause();
    const mixer = await this.deck.prepare(song.stems, output);
    if (!mixer || !wanted()) return;
    mixer.setStrips(strips);
    await mixer.play(seconds);
  }

  /** Let another take's mix go on where this one's stands; false when that was not possible. */
  replace(take: Playable, target: (seconds: number) => number, wanted: () => boolean) {
    return this.mix.replace(fileOf(take), target, wanted).catch(() => false);
  }

  stop(): void {
    this.mix.pause();
    this.deck.mixer?.stop();
  }

  load(song: Playable): void {
    this.deck.close();
    this.mix.load(fileOf(song));
  }

  unload(): void {
    this.deck.close();
    this.mix.unload();
  }

  closeStems(): void {
    this.deck.close();
  }

  setStrips(strips: Strips): void {
    this.deck.mixer?.setStrips(strips);
  }

  setVolume(gain: number): void {
    this.gain = gain;
    this.output?.volume.gain.setTargetAtTime(gain, this.output.context.currentTime, 0.01);
  }
}
