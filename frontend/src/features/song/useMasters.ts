import { useState } from "react";
import { type Master, masterChange } from "./master";
import type { ShownTake } from "./useProject";

/** The master of a take as it is wished, and how it differs from the finished one. */
export type MasterDesk = {
  readonly wish: Master;
  readonly change: Partial<Master>;
  set: (change: Partial<Master>) => void;
  reset: () => void;
};

/** What is wished for the master of each take, kept while another one is shown. */
export const useMasters = () => {
  const [wishes, setWishes] = useState<Readonly<Record<string, Partial<Master>>>>({});
  return ({ id, mix }: Pick<ShownTake, "id" | "mix">): MasterDesk => {
    const wish = { ...mix, ...wishes[id] };
    return {
      wish,
      change: masterChange(wish, mix),
      set: (change) => setWishes((before) => ({ ...before, [id]: { ...before[id], ...change } })),
      reset: () => setWishes((before) => ({ ...before, [id]: {} })),
    };
  };
};
