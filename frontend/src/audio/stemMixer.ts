import { type Clock, hardwareSeconds, songSeconds, startClock } from "@/audio/clock";
import { StemReader } from "@/audio/stemReader";
import { audibleGains, type Strips } from "@/audio/strip";

const PIECE_SECONDS = 2;
const AHEAD_SECONDS = 6;
const TICK_MS = 250;
const LEAD_SECONDS = 0.08;
const SMOOTHING_SECONDS = 0.012;

type Channel = {
  reader: StemReader;
  gain: GainNode;
  panner: StereoPannerNode;
  analyser: AnalyserNode;
};

/** Plays all stems of a song from one clock: each piece of each stem starts on the same sample. */
export class StemMixer {
  private readonly channels = new Map<string, Channel>();
  private readonly playing = new Set<AudioBufferSourceNode>();
  private readonly abort = new AbortController();
  private clock: Clock = startClock(0, 0);
  private nextPiece = 0;
  private run = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private filling = false;

  private constructor(
    private readonly context: AudioContext,
    private readonly output: AudioNode,
    private readonly onFailure: (error: Error) => void,
  ) {}

  static async open(
    context: AudioContext,
    output: AudioNode,
    stems: readonly { id: string; url: string }[],
    onFailure: (error: Error) => void,
  ): Promise<StemMixer> {
    const mixer = new StemMixer(context, output, onFailure);
    const readers = await Promise.all(
      stems.map(({ url }) => StemReader.open(url, mixer.abort.signal)),
    );
    stems.forEach(({ id }, i) => {
      const reader = readers[i];
      if (reader) mixer.channels.set(id, mixer.connect(reader));
    });
    return mixer;
  }

  private connect(reader: StemReader): Channel {
    const gain = this.context.createGain();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 1024;
    const panner = this.context.createStereoPanner();
    gain.connect(panner).connect(analyser).connect(this.output);
    return { reader, gain, panner, analyser };
  }

  setStrips(strips: Strips): void {
    const now = this.context.currentTime;
    const gains = audibleGains(strips);
    for (const [id, { gain, panner }] of this.channels) {
      gain.gain.setTargetAtTime(gains[id] ?? 1, now, SMOOTHING_SECONDS);
      panner.pan.setTargetAtTime(strips[id]?.pan ?? 0, now, SMOOTHING_SECONDS);
    }
  }

  analyser(id: string): AnalyserNode | undefined {
    return this.channels.get(id)?.analyser;
  }

  position(): number {
    return songSeconds(this.clock, this.context.currentTime);
  }

  /** Begin at a moment of the song; resolves when the first piece is scheduled. */
  async play(offsetSeconds: number): Promise<void> {
    this.stop();
    const run = this.run;
    this.nextPiece = Math.floor(offsetSeconds / PIECE_SECONDS);
    const first = await this.readPiece(this.nextPiece);
    if (run !== this.run) return;
    this.clock = startClock(this.soon(), this.onFrame(offsetSeconds));
    this.schedule(first, this.nextPiece++);
    this.timer = setInterval(() => void this.fill(run), TICK_MS);
    void this.fill(run);
  }

  stop(): void {
    this.run++;
    clearInterval(this.timer);
    for (const source of this.playing) source.stop();
    this.playing.clear();
  }

  close(): void {
    this.stop();
    this.abort.abort();
    for (const { gain, panner, analyser } of this.channels.values()) {
      gain.disconnect();
      panner.disconnect();
      analyser.disconnect();
    }
  }

  private async fill(run: number): Promise<void> {
    if (this.filling) return;
    this.filling = true;
    try {
      while (run === this.run && this.nextPiece * PIECE_SECONDS < this.position() + AHEAD_SECONDS) {
        const pieces = await this.readPiece(this.nextPiece);
        if (run !== this.run) return;
        if (pieces.every(([, buffer]) => buffer === null)) return;
        this.schedule(pieces, this.nextPiece++);
      }
    } catch (error) {
      if (run === this.run && error instanceof Error) this.onFailure(error);
    } finally {
      this.filling = false;
    }
  }

  private readPiece(piece: number): Promise<[Channel, AudioBuffer | null][]> {
    return Promise.all(
      [...this.channels.values()].map(async (channel): Promise<[Channel, AudioBuffer | null]> => {
        const rate = channel.reader.layout.sampleRate;
        const start = piece * PIECE_SECONDS * rate;
        const frames = PIECE_SECONDS * rate;
        return [channel, await channel.reader.read(this.context, start, frames, this.abort.signal)];
      }),
    );
  }

  private soon(): number {
    return this.onFrame(this.context.currentTime + LEAD_SECONDS);
  }

  /** Between two frames a piece would be resampled and its seam would click. */
  private onFrame(seconds: number): number {
    return Math.round(seconds * this.context.sampleRate) / this.context.sampleRate;
  }

  private schedule(pieces: readonly [Channel, AudioBuffer | null][], piece: number): void {
    const begin = piece * PIECE_SECONDS;
    const skipped = Math.max(0, this.clock.offsetSeconds - begin);
    if (hardwareSeconds(this.clock, begin + skipped) < this.context.currentTime) {
      this.clock = startClock(this.soon(), begin + skipped);
    }
    const when = hardwareSeconds(this.clock, begin + skipped);
    for (const [channel, buffer] of pieces) {
      if (!buffer || skipped >= buffer.duration) continue;
      const source = new AudioBufferSourceNode(this.context, { buffer });
      source.connect(channel.gain);
      source.start(when, skipped);
      this.playing.add(source);
      source.onended = () => this.playing.delete(source);
    }
  }
}
