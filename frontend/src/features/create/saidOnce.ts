import type { Understanding } from "./useUnderstanding";

type Facet = Understanding["facets"][number];

/** What is understood, each thing once, where it was said first: "slow" may be mood and tempo. */
export const saidOnce = (facets: readonly Facet[]): readonly Facet[] => {
  const first = new Map<string, Facet>();
  for (const facet of facets) {
    const said = facet.label.toLowerCase();
    if (!first.has(said)) first.set(said, facet);
  }
  return [...first.values()];
};
