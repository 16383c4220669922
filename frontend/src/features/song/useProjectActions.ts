import { useMutation } from "urql";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";

const CancelDocument = graphql(`
  mutation CancelProject($id: ID!) {
    cancelProject(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

const RetryDocument = graphql(`
  mutation RetryProject($id: ID!) {
    retryProject(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

const RenameDocument = graphql(`
  mutation RenameSong($id: ID!, $title: String!) {
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

type Outcome = { __typename: string } | { __typename: string; message: string } | undefined;

const refusal = (outcome: Outcome): string | null =>
  outcome && "message" in outcome ? outcome.message : null;

export const useProjectActions = (id: string, refresh: () => void) => {
  const [cancelling, cancel] = useMutation(CancelDocument);
  const [retrying, retry] = useMutation(RetryDocument);
  const [, rename] = useMutation(RenameDocument);

  const settle = (message: string | null) => {
    if (message) toast(message);
    refresh();
  };
  return {
    busy: cancelling.fetching || retrying.fetching,
    cancel: async () => {
      const { data, error } = await cancel({ id });
      settle(error ? explain(error) : refusal(data?.cancelProject));
    },
    retry: async () => {
      const { data, error } = await retry({ id });
      settle(error ? explain(error) : refusal(data?.retryProject));
    },
    rename: async (title: string) => {
      const { data, error } = await rename({ id, title });
      const message = error ? explain(error) : refusal(data?.renameProject);
      if (message) toast(message);
    },
  };
};
