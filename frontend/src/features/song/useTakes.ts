import { useEffect, useRef, useState } from "react";
import { order } from "@/audio/order";
import { player } from "@/audio/player";
import type { Playable } from "@/audio/playerState";
import { toast, UNDO_MILLISECONDS } from "@/lib/toast";
import { changeOf, neighbour } from "./takeWords";
import type { Project, TakeEntry } from "./useProject";
import { useTakeActions } from "./useTakeActions";

/** The takes of a project, which of them is shown, and what can be done with them. */
export const useTakes = (
  project: Project | null,
  show: (id: string | null) => void,
  refresh: () => void,
) => {
  const actions = useTakeActions(refresh);
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const remove = useRef(actions.remove);
  remove.current = actions.remove;
  const entries = (project?.takes ?? []).filter(({ id }) => !leaving.has(id));
  const shownId = project?.take?.id;
  const select = (id: string) => show(id === project?.currentTake?.id ? null : id);

  const stays = (id: string) =>
    setLeaving((before) => new Set([...before].filter((one) => one !== id)));
  const finish = async (id: string) => {
    clearTimeout(pending.current.get(id));
    pending.current.delete(id);
    if (!(await remove.current(id))) stays(id);
  };
  const finishLatest = useRef(finish);
  finishLatest.current = finish;

  useEffect(() => {
    const { current: timers } = pending;
    const finishAll = () => {
      for (const id of timers.keys()) void finishLatest.current(id);
    };
    addEventListener("pagehide", finishAll);
    return () => {
      removeEventListener("pagehide", finishAll);
      finishAll();
    };
  }, []);

  useNews(project?.takes ?? [], shownId, select);

  const step = (by: 1 | -1): boolean => {
    const next = neighbour(entries, shownId, by);
    if (next) select(next.id);
    return next !== null;
  };
  const stepLatest = useRef(step);
  stepLatest.current = step;
  const severalFinished = neighbour(entries, shownId, 1) !== null;
  useEffect(
    () => (severalFinished ? order.offer((by) => stepLatest.current(by)) : undefined),
    [severalFinished],
  );

  return {
    entries,
    shownId,
    currentId: project?.currentTake?.id,
    select,
    step,
    choose: async (id: string) => {
      if (await actions.choose(id)) show(null);
    },
    retry: actions.retry,
    /** Gone from the page at once, for good when its undo has passed. */
    leave: ({ id, number }: TakeEntry) => {
      setLeaving((before) => new Set(before).add(id));
      const another = entries.findLast((take) => take.id !== id && take.status === "COMPLETED");
      if (id === shownId && another) show(another.id);
      const timer = setTimeout(() => void finish(id), UNDO_MILLISECONDS);
      pending.current.set(id, timer);
      const undo = () => {
        clearTimeout(timer);
        pending.current.delete(id);
        stays(id);
      };
      toast(`Take ${number} deleted`, { action: { label: "Undo", run: undo } });
    },
  };
};

export type Takes = ReturnType<typeof useTakes>;

/** Say it when a take that was being made is finished, or could not be. */
const useNews = (
  takes: readonly TakeEntry[],
  shownId: string | undefined,
  select: (id: string) => void,
): void => {
  const before = useRef<readonly TakeEntry[]>([]);
  useEffect(() => {
    for (const take of takes) {
      const was = before.current.find(({ id }) => id === take.id)?.status;
      if ((was !== "QUEUED" && was !== "RUNNING") || takes.length === 1) continue;
      if (take.status === "FAILED") toast(take.error ?? `Take ${take.number} could not be made.`);
      if (take.status !== "COMPLETED") continue;
      const run = () => select(take.id);
      toast(
        `Take ${take.number} is ready: ${changeOf(take)}`,
        take.id === shownId ? {} : { action: { label: "Hear it", run } },
      );
    }
    before.current = takes;
  }, [takes, shownId, select]);
};

/** The take that is shown is the one that plays: it goes on at the same bar. */
export const useFollowShown = (playable: Playable | null): void => {
  const before = useRef(playable?.takeId);
  useEffect(() => {
    if (!playable) return;
    const { song } = player.snapshot();
    const changed = before.current !== undefined && before.current !== playable.takeId;
    before.current = playable.takeId;
    if (song?.id !== playable.id) return;
    if (song.takeId === playable.takeId) player.setLevel(playable.gainDb ?? 0);
    else if (changed) void player.switchTo(playable);
  }, [playable]);
};
