import { useQuery } from "urql";
import { graphql } from "@/gql";

const VersionDocument = graphql(`
  query ServerVersion {
    version {
      release
    }
  }
`);

export const useVersion = () => {
  const [{ data }] = useQuery({ query: VersionDocument, requestPolicy: "cache-first" });
  return data?.version ?? null;
};
