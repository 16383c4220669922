import { useCallback, useEffect, useReducer, useRef } from "react";
import { useMutation } from "urql";
import { player } from "@/audio/player";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast, UNDO_MILLISECONDS } from "@/lib/toast";
import { leavingReducer } from "./leavingReducer";
import type { Entry } from "./useLibrary";

const DeleteDocument = graphql(`
  mutation DeleteProject($id: ID!) {
    deleteProject(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

const RenameDocument = graphql(`
  mutation RenameProject($id: ID!, $title: String!) {
    renameProject(id: $id, title: $title) {
      __typename
      ... on ProjectRenamed {
        project {
          id
          title
        }
      }
      ... on Problem {
        message
      }
    }
  }
`);

/** Rename, and delete with a way back: a song leaves for good when its undo has passed. */
export const useChanges = () => {
  const [, remove] = useMutation(DeleteDocument);
  const [, retitle] = useMutation(RenameDocument);
  const [leaving, dispatch] = useReducer(leavingReducer, new Set<string>());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const finish = useCallback(
    async (id: string) => {
      clearTimeout(timers.current.get(id));
      timers.current.delete(id);
      const { data, error } = await remove({ id });
      const outcome = data?.deleteProject;
      const message = error ? explain(error) : outcome && "message" in outcome && outcome.message;
      if (message) {
        toast(message);
        dispatch({ type: "stays", id });
      }
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

  const leave = (entries: readonly Entry[]) => {
    for (const { id } of entries) {
      if (player.snapshot().song?.id === id) player.unload();
      dispatch({ type: "leaves", id });
      timers.current.set(
        id,
        setTimeout(() => void finish(id), UNDO_MILLISECONDS),
      );
    }
    const undo = () => {
      for (const { id } of entries) {
        clearTimeout(timers.current.get(id));
        timers.current.delete(id);
        dispatch({ type: "stays", id });
      }
    };
    const [first] = entries;
    if (!first) return;
    const what = entries.length === 1 ? `“${first.title}”` : `${entries.length} songs`;
    toast(`${what} deleted`, { action: { label: "Undo", run: undo } });
  };

  const rename = async (id: string, title: string) => {
    const { data, error } = await retitle({ id, title });
    const outcome = data?.renameProject;
    if (error) toast(explain(error));
    else if (outcome && "message" in outcome) toast(outcome.message);
  };
  return { leaving, leave, rename };
};
