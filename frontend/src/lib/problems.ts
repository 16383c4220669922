import type { CombinedError } from "urql";

/** What to tell a person about a request that did not come through. */
export const explain = (error: CombinedError): string => {
  const [first] = error.graphQLErrors;
  if (first) return first.message;
  return navigator.onLine
    ? "The studio cannot reach its server. It may be starting; try again in a moment."
    : "You are offline. The studio goes on when the connection is back.";
};
