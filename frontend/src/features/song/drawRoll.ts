import { energyColor } from "@/lib/energy";
import { sectionAt } from "./playable";
import { barLines, drumName, isBlackKey, notesBetween, pitchName, type RollView } from "./roll";
import type { Section } from "./song";
import type { Part } from "./useMidi";

export type RollPicture = RollView & {
  /** In full colour. */
  readonly parts: readonly Part[];
  /** The others, faintly behind them. */
  readonly around: readonly Part[];
  readonly sections: readonly Section[];
  readonly dark: boolean;
};

const GHOST_ALPHA = 0.14;
const NAME_PIXELS = 11;

type Sheet = { context: CanvasRenderingContext2D; width: number; height: number };

/** A canvas as sharp as the screen, emptied. */
const sheetOf = (canvas: HTMLCanvasElement): Sheet | null => {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (!context || width === 0) return null;
  const [wide, high] = [
    Math.round(width * devicePixelRatio),
    Math.round(height * devicePixelRatio),
  ];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
};

export const drawRoll = (canvas: HTMLCanvasElement, picture: RollPicture): void => {
  const sheet = sheetOf(canvas);
  if (!sheet || picture.rows.length === 0) return;
  const ink = getComputedStyle(canvas).color;
  drawGrid(sheet, picture, ink);
  for (const part of picture.around) drawNotes(sheet, picture, part, () => GHOST_ALPHA);
  for (const part of picture.parts) {
    drawNotes(sheet, picture, part, (velocity) => 0.45 + (0.55 * velocity) / 127);
  }
  drawNames(sheet, picture, ink);
};

/** What sounds now, and the line where now is. */
export const drawNow = (canvas: HTMLCanvasElement, picture: RollPicture, seconds: number): void => {
  const sheet = sheetOf(canvas);
  if (!sheet) return;
  const x = (seconds - picture.fromSeconds) * picture.pixelsPerSecond;
  if (x < 0 || x > sheet.width) return;
  const ink = getComputedStyle(canvas).color;
  sheet.context.fillStyle = ink;
  for (const { notes } of picture.parts) {
    for (const note of notesBetween(notes, seconds, seconds + 1e-4)) {
      noteShape(sheet, picture, note);
    }
  }
  sheet.context.fillRect(x - 1, 0, 2, sheet.height);
};

const drawGrid = ({ context, width, height }: Sheet, picture: RollPicture, ink: string): void => {
  const { rows, sections, fromSeconds, pixelsPerSecond, parts } = picture;
  const rowHeight = height / rows.length;
  const drums = parts.every(({ percussion }) => percussion);
  context.fillStyle = ink;
  context.globalAlpha = 0.045;
  rows.forEach((pitch, row) => {
    if (drums ? row % 2 : isBlackKey(pitch)) context.fillRect(0, row * rowHeight, width, rowHeight);
  });
  const starts = new Set(sections.map(({ startBar }) => startBar + 1));
  for (const { bar, seconds } of barLines(sections)) {
    const x = (seconds - fromSeconds) * pixelsPerSecond;
    if (x < 0 || x > width) continue;
    context.globalAlpha = starts.has(bar) ? 0.4 : 0.1;
    context.fillRect(Math.round(x), 0, 1, height);
  }
  context.globalAlpha = 1;
};

const drawNotes = (
  sheet: Sheet,
  picture: RollPicture,
  { notes }: Part,
  alphaOf: (velocity: number) => number,
): void => {
  const { sections, dark, fromSeconds, pixelsPerSecond } = picture;
  const until = fromSeconds + sheet.width / pixelsPerSecond;
  for (const note of notesBetween(notes, fromSeconds, until)) {
    const energy = sectionAt(sections, note.startSeconds)?.energy ?? 0.5;
    sheet.context.fillStyle = energyColor(energy, dark, alphaOf(note.velocity));
    noteShape(sheet, picture, note);
  }
};

const noteShape = (
  { context, height }: Sheet,
  { rows, fromSeconds, pixelsPerSecond }: RollView,
  { pitch, startSeconds, endSeconds }: Part["notes"][number],
): void => {
  const row = rows.indexOf(pitch);
  if (row < 0) return;
  const rowHeight = height / rows.length;
  const x = (startSeconds - fromSeconds) * pixelsPerSecond;
  const wide = Math.max(2, (endSeconds - startSeconds) * pixelsPerSecond - 1);
  const high = Math.max(2, Math.min(rowHeight - 1, 18));
  context.beginPath();
  context.roundRect(x, row * rowHeight + (rowHeight - high) / 2, wide, high, Math.min(3, high / 3));
  context.fill();
};

const drawNames = ({ context, height }: Sheet, { rows, parts }: RollPicture, ink: string): void => {
  const rowHeight = height / rows.length;
  const drums = parts.every(({ percussion }) => percussion);
  context.font = `${NAME_PIXELS}px sans-serif`;
  context.textBaseline = "middle";
  context.fillStyle = ink;
  context.globalAlpha = 0.62;
  rows.forEach((pitch, row) => {
    if (!drums && pitch % 12 !== 0) return;
    context.fillText(drums ? drumName(pitch) : pitchName(pitch), 6, (row + 0.5) * rowHeight);
  });
  context.globalAlpha = 1;
};
