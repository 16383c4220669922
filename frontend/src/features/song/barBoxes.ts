import type { OpenSheetMusicDisplay } from "opensheetmusicdisplay";

/** Where a bar stands, in pixels from the top left corner of the score. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Of the engraver: the distance of two staff lines at full size. */
const PIXELS_PER_UNIT = 10;
const STAFF_UNITS = 4;
const MARGIN_UNITS = 2.5;

export const barBoxes = (display: OpenSheetMusicDisplay): Box[] =>
  display.GraphicSheet.MeasureList.flatMap(([measure]) => {
    if (!measure) return [];
    const { AbsolutePosition: at, Size: size } = measure.PositionAndShape;
    const scale = PIXELS_PER_UNIT * display.Zoom;
    return [
      {
        x: at.x * scale,
        y: (at.y - MARGIN_UNITS) * scale,
        width: size.width * scale,
        height: (STAFF_UNITS + 2 * MARGIN_UNITS) * scale,
      },
    ];
  });
