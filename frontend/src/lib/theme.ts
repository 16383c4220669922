export type Theme = "dark" | "light";

const STORAGE_KEY = "studio.theme";
const darkPreferred = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const isTheme = (value: string | null): value is Theme => value === "dark" || value === "light";

export const currentTheme = (): Theme => {
  const kept = localStorage.getItem(STORAGE_KEY);
  if (isTheme(kept)) return kept;
  return darkPreferred.matches ? "dark" : "light";
};

export const applyTheme = (): void => {
  document.documentElement.dataset.theme = currentTheme();
};

export const chooseTheme = (theme: Theme): void => {
  localStorage.setItem(STORAGE_KEY, theme);
  applyTheme();
  for (const listener of listeners) listener();
};

export const subscribeTheme = (listener: () => void): (() => void) => {
  const changed = () => {
    applyTheme();
    listener();
  };
  listeners.add(listener);
  darkPreferred.addEventListener("change", changed);
  return () => {
    listeners.delete(listener);
    darkPreferred.removeEventListener("change", changed);
  };
};
