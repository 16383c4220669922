import type { CSSProperties } from "react";

/** Energy 0..1 as a hue of the evening sky: the blue hour is calm, the last light intense. */
export const energyHue = (energy: number): number =>
  (272 + 148 * Math.min(1, Math.max(0, energy))) % 360;

/** For stylesheets: lightness and chroma follow the theme, the hue the energy. */
export const energyStyle = (energy: number): CSSProperties => ({
  "--energy-color": `oklch(var(--energy-l) var(--energy-chroma) ${energyHue(energy).toFixed(0)})`,
});

/** For canvases, which cannot read custom properties. */
export const energyColor = (energy: number, dark: boolean, alpha = 1): string =>
  `oklch(${dark ? 0.72 : 0.62} 0.165 ${energyHue(energy).toFixed(0)} / ${alpha})`;

declare module "react" {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
