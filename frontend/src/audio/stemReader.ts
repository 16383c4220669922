import { decodeFrames, readLayout, type WavLayout } from "@/audio/wav";

const HEADER_BYTES = 4_096;

/** Reads a stem piece by piece over HTTP ranges, so that a long song needs little memory. */
export class StemReader {
  private constructor(
    private readonly url: string,
    readonly layout: WavLayout,
  ) {}

  static async open(url: string, signal: AbortSignal): Promise<StemReader> {
    return new StemReader(url, readLayout(await fetchBytes(url, 0, HEADER_BYTES, signal)));
  }

  get durationSeconds(): number {
    return this.layout.frames / this.layout.sampleRate;
  }

  /** Decode `frames` frames from `startFrame`; null beyond the end. */
  async read(
    context: BaseAudioContext,
    startFrame: number,
    frames: number,
    signal: AbortSignal,
  ): Promise<AudioBuffer | null> {
    const { layout } = this;
    const count = Math.min(frames, layout.frames - startFrame);
    if (count <= 0) return null;
    const from = layout.dataOffset + startFrame * layout.bytesPerFrame;
    const bytes = await fetchBytes(this.url, from, count * layout.bytesPerFrame, signal);
    const channels = decodeFrames(bytes, layout);
    const length = channels[0]?.length ?? 0;
    if (length === 0) return null;
    const buffer = context.createBuffer(layout.channels, length, layout.sampleRate);
    channels.forEach((samples, channel) => {
      buffer.copyToChannel(samples, channel);
    });
    return buffer;
  }
}

const fetchBytes = async (
  url: string,
  from: number,
  length: number,
  signal: AbortSignal,
): Promise<ArrayBuffer> => {
  const answer = await fetch(url, {
    headers: { Range: `bytes=${from}-${from + length - 1}` },
    signal,
  });
  if (!answer.ok) throw new Error(`A stem could not be loaded (${answer.status}).`);
  const bytes = await answer.arrayBuffer();
  return answer.status === 206 ? bytes : bytes.slice(from, from + length);
};
