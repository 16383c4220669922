import { type RefObject, useEffect, useState } from "react";

const MARGIN = "1200px";

/**
 * Height that an element keeps while it is far from what is seen; null while it is near.
 *
 * It begins with `guess`, until it has been seen for the first time.
 */
export const useFarHeight = (
  element: RefObject<HTMLElement | null>,
  ready: boolean,
  guess: number | null,
) => {
  const [height, setHeight] = useState(guess);
  useEffect(() => {
    if (!ready || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        if (last) setHeight(last.isIntersecting ? null : last.boundingClientRect.height);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, ready]);
  return height;
};

/** Calls back when an element comes near. */
export const useNear = (element: RefObject<HTMLElement | null>, onNear: (() => void) | null) => {
  useEffect(() => {
    if (!onNear || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onNear(),
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, onNear]);
};
