import { useCallback } from "react";
import { useMutation, useQuery } from "urql";
import { graphql } from "@/gql";
import type { ApiKeyScope, ApiKeysQuery } from "@/gql/graphql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";
import { useLeaving } from "@/lib/useLeaving";

const ApiKeysDocument = graphql(`
  query ApiKeys {
    viewer {
      id
      apiKeys {
        id
        name
        scope
        createdAt
      }
    }
  }
`);

const CreateDocument = graphql(`
  mutation CreateApiKey($name: String!, $scope: ApiKeyScope!) {
    createApiKey(name: $name, scope: $scope) {
      __typename
      ... on ApiKeyCreated {
        secret
        apiKey {
          id
        }
      }
      ... on Problem {
        message
      }
    }
  }
`);

const RevokeDocument = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) {
      __typename
      ... on Problem {
        message
      }
    }
  }
`);

export type ApiKey = NonNullable<ApiKeysQuery["viewer"]>["apiKeys"][number];

/** The viewer's keys: make one, and revoke one with a way back. */
export const useApiKeys = () => {
  const [{ data, error }, run] = useQuery({ query: ApiKeysDocument });
  const [{ fetching }, make] = useMutation(CreateDocument);
  const [, end] = useMutation(RevokeDocument);
  const refresh = useCallback(() => run({ requestPolicy: "network-only" }), [run]);

  /** Make a key; returns its secret, which nobody can read again, or null. */
  const create = async (name: string, scope: ApiKeyScope): Promise<string | null> => {
    const { data, error } = await make({ name, scope });
    const outcome = data?.createApiKey;
    if (outcome?.__typename === "ApiKeyCreated") {
      refresh();
      return outcome.secret;
    }
    if (error) toast(explain(error));
    else if (outcome && "message" in outcome) toast(outcome.message);
    return null;
  };
  const revoke = useCallback(
    async (id: string) => {
      const { data, error } = await end({ id });
      refresh();
      if (error) return explain(error);
      const outcome = data?.revokeApiKey;
      return outcome && "message" in outcome ? outcome.message : null;
    },
    [end, refresh],
  );
  const { leaving, leave } = useLeaving(revoke);
  const keys = data?.viewer?.apiKeys.filter(({ id }) => !leaving.has(id)) ?? null;
  return {
    keys,
    error,
    refresh,
    create,
    creating: fetching,
    revoke: (key: ApiKey) => leave([key.id], `“${key.name}” stops working in a moment`),
  };
};
