import { useSearchParams } from "wouter";
import type { Section } from "./song";

/**
 * What a song's address says beyond its id: `?view=notes&t=42.5#chorus-2`.
 *
 * A time wins over a section; both only say where to begin.
 */
export type View = "instruments" | "notes" | "score";

const VIEWS: readonly View[] = ["instruments", "notes", "score"];

export const isView = (value: string | null): value is View => VIEWS.some((one) => one === value);

export const useView = (): readonly [View, (view: View) => void] => {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("view");
  const setView = (view: View) =>
    setSearch(
      (before) => {
        if (view === "instruments") before.delete("view");
        else before.set("view", view);
        return before;
      },
      { replace: true },
    );
  return [isView(asked) ? asked : "instruments", setView];
};

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

/** A word for the section that no other has: the second `Chorus` is `chorus-2`. */
export const sectionSlug = (sections: readonly Section[], index: number): string => {
  const own = slug(sections[index]?.name ?? "");
  const before = sections.slice(0, index).filter(({ name }) => slug(name) === own).length;
  return before === 0 ? own : `${own}-${before + 1}`;
};

/** Where the address says to begin; null when it does not say. */
export const startOf = (
  { search, hash }: { search: string; hash: string },
  sections: readonly Section[],
): number | null => {
  const asked = new URLSearchParams(search).get("t");
  const seconds = asked ? Number(asked) : Number.NaN;
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  const index = sections.findIndex(
    (_, i) => sectionSlug(sections, i) === safeDecode(hash.slice(1)),
  );
  return sections[index]?.startSeconds ?? null;
};

/** Let the address name the section that was chosen. */
export const markSection = (sections: readonly Section[], index: number): void => {
  const address = new URL(location.href);
  address.searchParams.delete("t");
  address.hash = sectionSlug(sections, index);
  history.replaceState(history.state, "", address);
};

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

/** The address of this moment, to give to somebody else. */
export const linkTo = (seconds: number, { origin, pathname, search }: Location): string => {
  const address = new URL(`${origin}${pathname}${search}`);
  address.searchParams.set("t", seconds.toFixed(1));
  return address.href;
};
