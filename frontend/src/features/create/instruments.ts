import type { Style } from "./useStyles";

/** All instruments of the catalogue: those of the chosen genre first, then those that most genres have. */
export const instrumentsOf = (
  catalogue: readonly Pick<Style, "id" | "instruments">[],
  genre: string | null,
): readonly string[] => {
  const weights = new Map<string, number>();
  for (const { id, instruments } of catalogue) {
    const weight = id === genre ? catalogue.length : 1;
    for (const name of instruments) weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  return [...weights]
    .sort(([a, many], [b, others]) => others - many || a.localeCompare(b))
    .map(([name]) => name);
};
