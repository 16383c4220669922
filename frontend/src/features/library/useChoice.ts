import { useState } from "react";
import type { Entry } from "./useLibrary";

export type Choice = {
  /** Null while nothing is being chosen. */
  readonly entries: ReadonlyMap<string, Entry> | null;
  readonly choose: (entry: Entry, chosen: boolean) => void;
  readonly begin: () => void;
  readonly end: () => void;
};

/** Several songs at once. */
export const useChoice = (): Choice => {
  const [entries, setEntries] = useState<ReadonlyMap<string, Entry> | null>(null);
  const choose = (entry: Entry, chosen: boolean) =>
    setEntries((before) => {
      const next = new Map(before);
      if (chosen) next.set(entry.id, entry);
      else next.delete(entry.id);
      return next;
    });
  return {
    entries,
    choose,
    begin: () => setEntries(new Map()),
    end: () => setEntries(null),
  };
};
