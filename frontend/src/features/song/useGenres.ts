import { useQuery } from "urql";
import { graphql } from "@/gql";

const GenresDocument = graphql(`
  query Genres {
    styles {
      id
      name
    }
  }
`);

/** Every style as an option to choose; none until they are known. */
export const useGenres = (): readonly { value: string; label: string }[] => {
  const [{ data }] = useQuery({ query: GenresDocument });
  return (data?.styles ?? []).map(({ id, name }) => ({ value: id, label: name }));
};
