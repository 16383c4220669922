import { useCallback } from "react";
import { useMutation } from "urql";
import { player } from "@/audio/player";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";
import { useLeaving } from "@/lib/useLeaving";
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

/** Rename, and delete with a way back. */
export const useChanges = () => {
  const [, remove] = useMutation(DeleteDocument);
  const [, retitle] = useMutation(RenameDocument);
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

  const rename = async (id: string, title: string) => {
    const { data, error } = await retitle({ id, title });
    const outcome = data?.renameProject;
    if (error) toast(explain(error));
    else if (outcome && "message" in outcome) toast(outcome.message);
  };
  return { leaving, leave, rename };
};
