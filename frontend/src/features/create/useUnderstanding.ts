import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { UnderstandQuery } from "@/gql/graphql";

const UnderstandDocument = graphql(`
  query Understand($prompt: String!) {
    understand(prompt: $prompt) {
      facets {
        name
        label
      }
      notes
    }
  }
`);

export type Understanding = UnderstandQuery["understand"];

const PAUSE_MS = 300;
const SHORTEST_PROMPT = 3;

/** What is understood of the sentence so far; asked when the writing pauses. */
export const useUnderstanding = (prompt: string): Understanding | null => {
  const [settled, setSettled] = useState(prompt);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(prompt.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [prompt]);
  const pause = settled.length < SHORTEST_PROMPT;
  const [{ data }] = useQuery({
    query: UnderstandDocument,
    variables: { prompt: settled },
    requestPolicy: "cache-first",
    pause,
  });
  return pause || !prompt.trim() ? null : (data?.understand ?? null);
};
