import { useMutation } from "urql";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";

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

/** Give a song another title, wherever it stands; what speaks against it is told. */
export const useRename = () => {
  const [, rename] = useMutation(RenameDocument);
  return async (id: string, title: string): Promise<void> => {
    const { data, error } = await rename({ id, title });
    const outcome = data?.renameProject;
    if (error) toast(explain(error));
    else if (outcome && "message" in outcome) toast(outcome.message);
  };
};
