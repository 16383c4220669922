/** A subscription that outlives its connection: it opens again, after a growing pause, where it stopped. */

export type StreamStatus = "connecting" | "live" | "reconnecting" | "ended";

export type Sink<T> = {
  next: (value: T) => void;
  lost: () => void;
  ended: () => void;
};

type StreamOptions<T> = {
  /** Open one connection; returns how to close it. Called again after each loss. */
  open: (sink: Sink<T>) => () => void;
  onValue: (value: T) => void;
  onStatus: (status: StreamStatus) => void;
};

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;

export const pauseBefore = (attempt: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);

export const openStream = <T>({ open, onValue, onStatus }: StreamOptions<T>): (() => void) => {
  let attempt = 0;
  let close = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let finished = false;

  const reopenNow = () => {
    if (timer === undefined || finished) return;
    clearTimeout(timer);
    connect();
  };

  const connect = () => {
    timer = undefined;
    let settled = false;
    close = open({
      next: (value) => {
        if (finished) return;
        attempt = 0;
        onStatus("live");
        onValue(value);
      },
      lost: () => {
        if (settled || finished) return;
        settled = true;
        onStatus("reconnecting");
        timer = setTimeout(connect, pauseBefore(attempt++));
      },
      ended: () => {
        if (settled || finished) return;
        settled = true;
        onStatus("ended");
      },
    });
  };

  onStatus("connecting");
  addEventListener("online", reopenNow);
  connect();
  return () => {
    finished = true;
    clearTimeout(timer);
    removeEventListener("online", reopenNow);
    close();
  };
};
