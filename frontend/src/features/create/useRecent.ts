import { useQuery } from "urql";
import { graphql } from "@/gql";

const RecentDocument = graphql(`
  query RecentProjects {
    projects(first: 4) {
      nodes {
        ...ProjectGlance
        status
        createdAt
      }
    }
  }
`);

export const useRecent = () => {
  const [{ data }] = useQuery({ query: RecentDocument, requestPolicy: "cache-and-network" });
  return data?.projects.nodes ?? [];
};
