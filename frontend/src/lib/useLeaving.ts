import { useCallback, useEffect, useReducer, useRef } from "react";
import { leavingReducer } from "@/lib/leavingReducer";
import { toast, UNDO_MILLISECONDS } from "@/lib/toast";

/**
 * Take things away with a way back: they leave for good when their undo has passed.
 *
 * `remove` does it, and returns what to say when it could not.
 */
export const useLeaving = (remove: (id: string) => Promise<string | null>) => {
  const [leaving, dispatch] = useReducer(leavingReducer, new Set<string>());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const finish = useCallback(
    async (id: string) => {
      clearTimeout(timers.current.get(id));
      timers.current.delete(id);
      const message = await remove(id);
      if (message === null) return;
      toast(message);
      dispatch({ type: "stays", id });
    },
    [remove],
  );

  useEffect(() => {
    const pending = timers.current;
    const finishAll = () => {
      for (const id of pending.keys()) void finish(id);
    };
    addEventListener("pagehide", finishAll);
    return () => {
      removeEventListener("pagehide", finishAll);
      finishAll();
    };
  }, [finish]);

  const leave = (ids: readonly string[], said: string) => {
    for (const id of ids) {
      dispatch({ type: "leaves", id });
      timers.current.set(
        id,
        setTimeout(() => void finish(id), UNDO_MILLISECONDS),
      );
    }
    const undo = () => {
      for (const id of ids) {
        clearTimeout(timers.current.get(id));
        timers.current.delete(id);
        dispatch({ type: "stays", id });
      }
    };
    toast(said, { action: { label: "Undo", run: undo } });
  };
  return { leaving, leave };
};
