import { useEffect, useRef } from "react";

const TYPING = "input, textarea, select, [contenteditable], [role='slider'], [role='listbox']";
const PRESSING = "button, a, summary";

/** A key belongs to what has the focus first: text being typed, a slider, a button under Space. */
export const isTaken = (event: KeyboardEvent): boolean => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return true;
  return (event.key === " " || event.key === "Enter") && Boolean(target?.closest(PRESSING));
};

/** Listen to keys of the whole page; `handle` says whether it has used the key. */
export const useKeys = (handle: (event: KeyboardEvent) => boolean): void => {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isTaken(event) && latest.current(event)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
};
