export type ToastMessage = {
  readonly id: number;
  readonly text: string;
  readonly milliseconds: number;
  readonly action?: { readonly label: string; readonly run: () => void };
};

export const UNDO_MILLISECONDS = 6_000;

let toasts: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

const change = (next: readonly ToastMessage[]): void => {
  toasts = next;
  for (const listener of listeners) listener();
};

export const toast = (
  text: string,
  options: { milliseconds?: number; action?: ToastMessage["action"] } = {},
): number => {
  const { milliseconds = UNDO_MILLISECONDS, action } = options;
  const id = ++lastId;
  change([...toasts, { id, text, milliseconds, ...(action ? { action } : {}) }]);
  return id;
};

export const dismiss = (id: number): void => change(toasts.filter((one) => one.id !== id));
export const toastList = (): readonly ToastMessage[] => toasts;
export const watchToasts = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
