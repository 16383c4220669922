import { useMutation } from "urql";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";
import { useRename } from "@/lib/useRename";

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

type Outcome = { __typename: string } | { __typename: string; message: string } | undefined;

const refusal = (outcome: Outcome): string | null =>
  outcome && "message" in outcome ? outcome.message : null;

export const useProjectActions = (id: string, refresh: () => void) => {
  const [cancelling, cancel] = useMutation(CancelDocument);
  const [retrying, retry] = useMutation(RetryDocument);
  const rename = useRename();

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
    rename: (title: string) => rename(id, title),
  };
};
