import { useEffect } from "react";
import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { LatelyQuery } from "@/gql/graphql";

const LatelyDocument = graphql(`
  query Lately {
    finished: projects(first: 50, status: COMPLETED) {
      nodes {
        id
        title
        createdAt
        completedAt
        stages {
          name
          status
          durationSeconds
        }
        song {
          durationSeconds
        }
      }
    }
    failed: projects(first: 5, status: FAILED) {
      nodes {
        id
        title
        error
      }
    }
  }
`);

export type Finished = LatelyQuery["finished"]["nodes"][number];
export type Failed = LatelyQuery["failed"]["nodes"][number];

/** The latest songs with what they took; asked again whenever one more is over. */
export const useLately = (over: number) => {
  const [{ data }, run] = useQuery({ query: LatelyDocument });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is the reason to ask again
  useEffect(() => run({ requestPolicy: "network-only" }), [over, run]);
  return data ?? null;
};
