import { useMutation } from "urql";
import { graphql } from "@/gql";
import type { GenerateFullSongInput } from "@/gql/graphql";
import { explain } from "@/lib/problems";
import type { Refused } from "./Refusal";

const GenerateFullSongDocument = graphql(`
  mutation GenerateFullSong($input: GenerateFullSongInput!) {
    generateFullSong(input: $input) {
      __typename
      ... on ProjectStarted {
        project {
          id
        }
      }
      ... on InvalidInput {
        message
        field
      }
      ... on LimitExceeded {
        message
        retryAfterSeconds
      }
    }
  }
`);

export type Started = { ok: true; projectId: string } | ({ ok: false } & Refused);

export const useGenerateFullSong = () => {
  const [{ fetching }, run] = useMutation(GenerateFullSongDocument);
  const start = async (input: GenerateFullSongInput): Promise<Started> => {
    const { data, error } = await run({ input });
    const result = data?.generateFullSong;
    if (error || !result) {
      const message = error ? explain(error) : "The server gave no answer. Try again.";
      return { ok: false, message, field: null, retryAfterSeconds: null };
    }
    if (result.__typename === "ProjectStarted") return { ok: true, projectId: result.project.id };
    const field = result.__typename === "InvalidInput" ? (result.field ?? null) : null;
    const wait = result.__typename === "LimitExceeded" ? (result.retryAfterSeconds ?? null) : null;
    return { ok: false, message: result.message, field, retryAfterSeconds: wait };
  };
  return { start, starting: fetching };
};
