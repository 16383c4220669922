/** RIFF/WAVE (Microsoft 1991; WAVEFORMATEXTENSIBLE 2001): where the samples lie and how to read them. */

export type WavLayout = {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly float: boolean;
  readonly bytesPerFrame: number;
  readonly dataOffset: number;
  readonly frames: number;
};

const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

const chunkName = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

/** Read the header from the first bytes of a file; throws when it is no WAV or is cut too early. */
export const readLayout = (bytes: ArrayBuffer): WavLayout => {
  const view = new DataView(bytes);
  if (bytes.byteLength < 12 || chunkName(view, 0) !== "RIFF" || chunkName(view, 8) !== "WAVE") {
    throw new Error("This stem is not a WAV file.");
  }
  let format: Omit<WavLayout, "dataOffset" | "frames"> | null = null;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const name = chunkName(view, at);
    const size = view.getUint32(at + 4, true);
    if (name === "data" && format) {
      return { ...format, dataOffset: at + 8, frames: Math.floor(size / format.bytesPerFrame) };
    }
    if (name === "fmt ") format = readFormat(view, at + 8);
    at += 8 + size + (size % 2);
  }
  throw new Error("This stem's WAV header is incomplete.");
};

const readFormat = (view: DataView, at: number): Omit<WavLayout, "dataOffset" | "frames"> => {
  const tag = view.getUint16(at, true);
  const subformat = tag === FORMAT_EXTENSIBLE ? view.getUint16(at + 24, true) : tag;
  return {
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bytesPerFrame: view.getUint16(at + 12, true),
    bitsPerSample: view.getUint16(at + 14, true),
    float: subformat === FORMAT_FLOAT,
  };
};

const sampleReader = (view: DataView, layout: WavLayout): ((at: number) => number) => {
  if (layout.float) return (at) => view.getFloat32(at, true);
  if (layout.bitsPerSample === 16) return (at) => view.getInt16(at, true) / 0x8000;
  if (layout.bitsPerSample === 24) {
    return (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 0x800000;
  }
  return (at) => view.getInt32(at, true) / 0x80000000;
};

/** Interleaved bytes to one array per channel, samples in [-1, 1]. */
export const decodeFrames = (
  bytes: ArrayBuffer,
  layout: WavLayout,
): Float32Array<ArrayBuffer>[] => {
  const frames = Math.floor(bytes.byteLength / layout.bytesPerFrame);
  const read = sampleReader(new DataView(bytes), layout);
  const width = layout.bytesPerFrame / layout.channels;
  return Array.from({ length: layout.channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++) {
      samples[frame] = read(frame * layout.bytesPerFrame + channel * width);
    }
    return samples;
  });
};
