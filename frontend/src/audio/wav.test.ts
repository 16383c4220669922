import { describe, expect, it } from "vitest";
import { decodeFrames, readLayout } from "@/audio/wav";

type Chunk = readonly [name: string, body: readonly number[]];

const little = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 0xff);
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const wav = (...chunks: readonly Chunk[]): ArrayBuffer => {
  const body = chunks.flatMap(([name, bytes]) => [
    ...letters(name),
    ...little(bytes.length, 4),
    ...bytes,
    ...(bytes.length % 2 ? [0] : []),
  ]);
  return new Uint8Array([
    ...letters("RIFF"),
    ...little(body.length + 4, 4),
    ...letters("WAVE"),
    ...body,
  ]).buffer;
};

const format = (bits: number, channels: number): Chunk => {
  const frame = (channels * bits) / 8;
  return [
    "fmt ",
    [1, 2, 4, 4, 2, 2].flatMap((bytes, i) =>
      i === 0
        ? little(1, 2)
        : little([0, channels, 44_100, 44_100 * frame, frame, bits][i] ?? 0, bytes),
    ),
  ];
};

describe("readLayout", () => {
  it("finds the samples behind chunks it does not know", () => {
    const bytes = wav(format(24, 2), ["LIST", [1, 2, 3]], ["data", [0, 0, 0, 0, 0, 0]]);
    expect(readLayout(bytes)).toEqual({
      sampleRate: 44_100,
      channels: 2,
      bitsPerSample: 24,
      float: false,
      bytesPerFrame: 6,
      dataOffset: bytes.byteLength - 6,
      frames: 1,
    });
  });

  it("refuses what is no WAV", () => {
    expect(() => readLayout(new Uint8Array(20).buffer)).toThrow("not a WAV");
    expect(() => readLayout(wav(format(16, 1)))).toThrow("incomplete");
  });
});

describe("decodeFrames", () => {
  it("reads 24 bits, interleaved, with the sign", () => {
    const layout = readLayout(wav(format(24, 2), ["data", []]));
    const bytes = new Uint8Array([0, 0, 0x40, 0, 0, 0x80, 0xff, 0xff, 0xff, 1, 0, 0]).buffer;
    const [left, right] = decodeFrames(bytes, layout);
    expect(left?.[0]).toBeCloseTo(0.5);
    expect(right?.[0]).toBe(-1);
    expect(left?.[1]).toBeCloseTo(-1 / 0x800000, 9);
    expect(right?.[1]).toBeCloseTo(1 / 0x800000, 9);
  });

  it("leaves out a frame that is cut off", () => {
    const layout = readLayout(wav(format(16, 1), ["data", []]));
    expect(decodeFrames(new Uint8Array(5).buffer, layout)[0]).toHaveLength(2);
  });
});
