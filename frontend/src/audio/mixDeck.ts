import type { Output } from "@/audio/output";
import { dbToGain } from "@/audio/strip";

const FADE_SECONDS = 0.015;
/** Closer together than this, two takes are heard as one going on. */
const TOGETHER_SECONDS = 0.02;
const MOST_CORRECTIONS = 3;

type File = { readonly url: string; readonly gainDb: number };
type Voice = { readonly element: HTMLAudioElement; gain: GainNode | null; gainDb: number };

/** The finished mix: one voice sounds, the other gets ready when takes change places. */
export class MixDeck {
  private readonly voices: readonly [Voice, Voice];
  private sounding = 0;
  private output: Output | null = null;

  constructor(onEnd: () => void, onFailure: () => void) {
    const open = (index: number): Voice => {
      const element = new Audio();
      element.preload = "auto";
      element.addEventListener("ended", () => index === this.sounding && onEnd());
      element.addEventListener(
        "error",
        () => index === this.sounding && element.src && onFailure(),
      );
      return { element, gain: null, gainDb: 0 };
    };
    this.voices = [open(0), open(1)];
  }

  get seconds(): number {
    return this.voice.element.currentTime;
  }

  load({ url, gainDb }: File): void {
    this.voice.element.src = url;
    this.setLevel(gainDb);
  }

  unload(): void {
    for (const { element } of this.voices) {
      element.pause();
      element.removeAttribute("src");
    }
  }

  setLevel(gainDb: number): void {
    this.voice.gainDb = gainDb;
    this.fade(this.voice, dbToGain(gainDb));
  }

  seek(seconds: number): void {
    const { element } = this.voice;
    if (Math.abs(element.currentTime - seconds) > 0.01) element.currentTime = seconds;
  }

  async play(seconds: number, output: Output): Promise<void> {
    this.connect(output);
    this.fade(this.voice, dbToGain(this.voice.gainDb));
    this.seek(seconds);
    await this.voice.element.play();
  }

  pause(): void {
    for (const { element } of this.voices) element.pause();
  }

  /**
   * Let another file go on where this one stands; both run, one unheard, until they are together.
   *
   * `target` says where the other has to be when this one is at a moment. False: the listener
   * did something else meanwhile, and nothing has changed.
   */
  async replace(
    { url, gainDb }: File,
    target: (seconds: number) => number,
    wanted: () => boolean,
  ): Promise<boolean> {
    const [before, next] = [this.voice, this.other];
    next.element.src = url;
    next.gainDb = gainDb;
    this.fade(next, 0);
    next.element.currentTime = target(before.element.currentTime);
    await next.element.play();
    for (let i = 0; wanted() && i < MOST_CORRECTIONS; i++) {
      const late = target(before.element.currentTime) - next.element.currentTime;
      if (Math.abs(late) < TOGETHER_SECONDS) break;
      await this.jump(next, (lost) => target(before.element.currentTime) + lost);
    }
    if (!wanted()) {
      next.element.pause();
      return false;
    }
    this.fade(before, 0);
    this.fade(next, dbToGain(gainDb));
    this.sounding = 1 - this.sounding;
    setTimeout(() => before !== this.voice && before.element.pause(), 100);
    return true;
  }

  /** Seek while it runs; `target` is told how long the last seek took. */
  private async jump({ element }: Voice, target: (lost: number) => number): Promise<void> {
    const before = performance.now();
    element.currentTime = target(0);
    await once(element, "seeked");
    const lost = (performance.now() - before) / 1000;
    if (lost < TOGETHER_SECONDS) return;
    element.currentTime = target(lost);
    await once(element, "seeked");
  }

  private get voice(): Voice {
    return this.voices[this.sounding === 0 ? 0 : 1];
  }

  private get other(): Voice {
    return this.voices[this.sounding === 0 ? 1 : 0];
  }

  private connect(output: Output): void {
    if (this.output) return;
    this.output = output;
    for (const voice of this.voices) {
      voice.gain = new GainNode(output.context, { gain: dbToGain(voice.gainDb) });
      output.context.createMediaElementSource(voice.element).connect(voice.gain);
      voice.gain.connect(output.volume);
    }
  }

  private fade({ gain }: Voice, to: number): void {
    gain?.gain.setTargetAtTime(to, gain.context.currentTime, FADE_SECONDS);
  }
}

const once = (element: HTMLMediaElement, event: string): Promise<void> =>
  new Promise((resolve) => element.addEventListener(event, () => resolve(), { once: true }));
