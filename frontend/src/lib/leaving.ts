/** What is gone on screen and can still come back, on whichever page one is meanwhile. */

import { toast, UNDO_MILLISECONDS } from "@/lib/toast";

/** Does it for good; returns what to say when it could not. */
type Remove = (id: string) => Promise<string | null>;
type Pending = { readonly timer: ReturnType<typeof setTimeout>; readonly remove: Remove };

const pending = new Map<string, Pending>();
const listeners = new Set<() => void>();
let gone: ReadonlySet<string> = new Set();

const show = (next: ReadonlySet<string>): void => {
  gone = next;
  for (const listener of listeners) listener();
};
const hide = (ids: readonly string[]): void => show(new Set([...gone, ...ids]));
const bringBack = (ids: readonly string[]): void =>
  show(new Set([...gone].filter((id) => !ids.includes(id))));

const finish = async (id: string): Promise<void> => {
  const one = pending.get(id);
  if (!one) return;
  clearTimeout(one.timer);
  pending.delete(id);
  const message = await one.remove(id);
  if (message === null) return;
  toast(message);
  bringBack([id]);
};

const stay = (ids: readonly string[]): void => {
  const kept = ids.filter((id) => pending.has(id));
  for (const id of kept) {
    clearTimeout(pending.get(id)?.timer);
    pending.delete(id);
  }
  bringBack(kept);
};

/** Take things away with a way back: they leave for good when their undo has passed. */
export const leave = (ids: readonly string[], said: string, remove: Remove): void => {
  for (const id of ids) {
    pending.set(id, { timer: setTimeout(() => void finish(id), UNDO_MILLISECONDS), remove });
  }
  hide(ids);
  toast(said, { action: { label: "Undo", run: () => stay(ids) } });
};

/** What is gone for now or for good; ids are never used twice. */
export const goneIds = (): ReadonlySet<string> => gone;
export const watchGone = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

addEventListener("pagehide", () => {
  for (const id of pending.keys()) void finish(id);
});
