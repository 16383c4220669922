import { useMutation } from "urql";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";

const ChooseDocument = graphql(`
  mutation ChooseTake($id: ID!) {
    chooseTake(id: $id) {
      __typename
      ... on TakeChosen {
        project {
          id
          currentTake {
            id
          }
        }
      }
      ... on Problem {
        message
      }
    }
  }
`);

const RetryTakeDocument = graphql(`
  mutation RetryTake($id: ID!) {
    retryTake(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

const DeleteTakeDocument = graphql(`
  mutation DeleteTake($id: ID!) {
    deleteTake(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

type Outcome = { __typename: string } | { __typename: string; message: string } | undefined;

/** What can be done to a take that is there; refusals are told in a toast. */
export const useTakeActions = (refresh: () => void) => {
  const [, choose] = useMutation(ChooseDocument);
  const [, retry] = useMutation(RetryTakeDocument);
  const [, remove] = useMutation(DeleteTakeDocument);

  const settle = (outcome: Outcome, error?: Parameters<typeof explain>[0]): boolean => {
    const message = error ? explain(error) : outcome && "message" in outcome && outcome.message;
    if (message) toast(message);
    refresh();
    return !message;
  };
  return {
    choose: async (id: string) => {
      const { data, error } = await choose({ id });
      return settle(data?.chooseTake, error);
    },
    retry: async (id: string) => {
      const { data, error } = await retry({ id });
      return settle(data?.retryTake, error);
    },
    remove: async (id: string) => {
      const { data, error } = await remove({ id });
      return settle(data?.deleteTake, error);
    },
  };
};
