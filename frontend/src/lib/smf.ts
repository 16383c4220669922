/** Reads the notes of a Standard MIDI File (types 0 and 1, metrical time) in seconds. */

export type MidiNote = {
  readonly pitch: number;
  readonly velocity: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
};

export type MidiTrack = {
  readonly name: string;
  /** Whether its pitches name drums (General MIDI's tenth channel). */
  readonly percussion: boolean;
  /** In order of their start. */
  readonly notes: readonly MidiNote[];
};

type TickedNote = { pitch: number; velocity: number; start: number; end: number };
type Tempo = { tick: number; microseconds: number };
type Chunk = { name: string; percussion: boolean; notes: TickedNote[]; tempos: Tempo[] };

const DRUM_CHANNEL = 9;
const DEFAULT_TEMPO = 500_000;
const META = 0xff;
const TRACK_NAME = 0x03;
const SET_TEMPO = 0x51;
const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const PROGRAM = 0xc0;
const PRESSURE = 0xd0;

/** @throws {Error} If the bytes are no such file. */
export const readMidi = (buffer: ArrayBuffer): MidiTrack[] => {
  const bytes = new Cursor(new DataView(buffer));
  if (bytes.word() !== "MThd") throw new Error("This is not a MIDI file.");
  const header = bytes.slice(bytes.uint32());
  header.skip(2);
  const count = header.uint16();
  const ticksPerBeat = header.uint16();
  if (ticksPerBeat === 0 || ticksPerBeat & 0x8000) {
    throw new Error("Only MIDI files in metrical time can be read.");
  }
  const chunks: Chunk[] = [];
  while (chunks.length < count && bytes.left > 8) {
    const kind = bytes.word();
    const chunk = bytes.slice(bytes.uint32());
    if (kind === "MTrk") chunks.push(readChunk(chunk));
  }
  const seconds = timeOf(
    chunks.flatMap(({ tempos }) => tempos),
    ticksPerBeat,
  );
  return chunks.map(({ name, percussion, notes }) => ({
    name,
    percussion,
    notes: notes
      .map(({ start, end, ...note }) => ({
        ...note,
        startSeconds: seconds(start),
        endSeconds: seconds(end),
      }))
      .sort((a, b) => a.startSeconds - b.startSeconds || a.pitch - b.pitch),
  }));
};

const readChunk = (bytes: Cursor): Chunk => {
  const chunk: Chunk = { name: "", percussion: false, notes: [], tempos: [] };
  const sounding = new Map<number, TickedNote[]>();
  let tick = 0;
  let status = 0;
  while (bytes.left > 0) {
    tick += bytes.variable();
    if (bytes.peek() & 0x80) status = bytes.uint8();
    if (status === META) readMeta(bytes, tick, chunk);
    else if (status >= 0xf0) bytes.skip(bytes.variable());
    else readVoice(bytes, status, tick, chunk, sounding);
  }
  return chunk;
};

const readMeta = (bytes: Cursor, tick: number, chunk: Chunk): void => {
  const kind = bytes.uint8();
  const content = bytes.slice(bytes.variable());
  if (kind === TRACK_NAME) chunk.name = content.text();
  if (kind === SET_TEMPO) {
    chunk.tempos.push({ tick, microseconds: (content.uint8() << 16) | content.uint16() });
  }
};

const readVoice = (
  bytes: Cursor,
  status: number,
  tick: number,
  chunk: Chunk,
  sounding: Map<number, TickedNote[]>,
): void => {
  const kind = status & 0xf0;
  const pitch = bytes.uint8();
  if (kind === PROGRAM || kind === PRESSURE) return;
  const velocity = bytes.uint8();
  const key = ((status & 0x0f) << 7) | pitch;
  if (kind === NOTE_ON && velocity > 0) {
    const note = { pitch, velocity, start: tick, end: tick };
    chunk.notes.push(note);
    chunk.percussion ||= (status & 0x0f) === DRUM_CHANNEL;
    sounding.set(key, [...(sounding.get(key) ?? []), note]);
  } else if (kind === NOTE_ON || kind === NOTE_OFF) {
    const note = sounding.get(key)?.shift();
    if (note) note.end = tick;
  }
};

/** Seconds as a function of ticks, over all changes of tempo. */
const timeOf = (tempos: readonly Tempo[], ticksPerBeat: number): ((tick: number) => number) => {
  const points = [{ tick: 0, seconds: 0, microseconds: DEFAULT_TEMPO }];
  for (const { tick, microseconds } of [...tempos].sort((a, b) => a.tick - b.tick)) {
    const before = points.at(-1);
    if (!before) continue;
    const beats = (tick - before.tick) / ticksPerBeat;
    points.push({
      tick,
      microseconds,
      seconds: before.seconds + beats * before.microseconds * 1e-6,
    });
  }
  return (tick) => {
    const point = points.findLast((one) => one.tick <= tick) ?? points[0];
    if (!point) return 0;
    return point.seconds + ((tick - point.tick) / ticksPerBeat) * point.microseconds * 1e-6;
  };
};

class Cursor {
  private place = 0;

  constructor(private readonly view: DataView) {}

  get left(): number {
    return this.view.byteLength - this.place;
  }

  peek = (): number => this.view.getUint8(this.place);
  uint8 = (): number => this.view.getUint8(this.place++);
  uint16 = (): number => (this.uint8() << 8) | this.uint8();
  uint32 = (): number => this.uint16() * 0x1_0000 + this.uint16();
  word = (): string => String.fromCharCode(this.uint8(), this.uint8(), this.uint8(), this.uint8());

  skip(bytes: number): void {
    this.place += bytes;
  }

  /** A number of seven bits per byte, the highest first. */
  variable(): number {
    let value = 0;
    for (;;) {
      const byte = this.uint8();
      value = value * 128 + (byte & 0x7f);
      if (!(byte & 0x80)) return value;
    }
  }

  slice(length: number): Cursor {
    const part = new Cursor(
      new DataView(this.view.buffer, this.view.byteOffset + this.place, length),
    );
    this.skip(length);
    return part;
  }

  text(): string {
    const { buffer, byteOffset, byteLength } = this.view;
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset, byteLength));
  }
}
