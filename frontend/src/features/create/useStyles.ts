import { useQuery } from "urql";
import { graphql } from "@/gql";
import type { StylesQuery } from "@/gql/graphql";

const StylesDocument = graphql(`
  query Styles {
    styles {
      id
      name
      timeSignatures
      instruments
      tempoBpm {
        low
        typical
        high
      }
    }
  }
`);

export type Style = StylesQuery["styles"][number];

export const useStyles = (): readonly Style[] => {
  const [{ data }] = useQuery({ query: StylesDocument, requestPolicy: "cache-first" });
  return data?.styles ?? [];
};
