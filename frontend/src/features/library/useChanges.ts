import { useCallback } from "react";
import { useMutation } from "urql";
import { player } from "@/audio/player";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { useLeaving } from "@/lib/useLeaving";
import { useRename } from "@/lib/useRename";
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

/** Rename, and delete with a way back. */
export const useChanges = () => {
  const [, remove] = useMutation(DeleteDocument);
  const rename = useRename();
  const removeSong = useCallback(
    async (id: string) => {
      const { data, error } = await remove({ id });
      const outcome = data?.deleteProject;
      if (error) return explain(error);
      return outcome && "message" in outcome ? outcome.message : null;
    },
    [remove],
  );
  const { leaving, leave: leaveSongs } = useLeaving(removeSong);

  const leave = (entries: readonly Entry[]) => {
    const [first] = entries;
    if (!first) return;
    const ids = entries.map(({ id }) => id);
    if (ids.includes(player.snapshot().song?.id ?? "")) player.unload();
    const what = entries.length === 1 ? `“${first.title}”` : `${entries.length} songs`;
    leaveSongs(ids, `${what} deleted`);
  };
  return { leaving, leave, rename };
};
