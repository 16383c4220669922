import { useMutation } from "urql";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { toast } from "@/lib/toast";

const ShareDocument = graphql(`
  mutation ShareProject($id: ID!) {
    shareProject(id: $id) {
      __typename
      ... on ProjectShared {
        url
        project {
          id
          shareUrl
        }
      }
      ... on Problem {
        message
      }
    }
  }
`);

const UnshareDocument = graphql(`
  mutation UnshareProject($id: ID!) {
    unshareProject(id: $id) {
      __typename
      ... on ProjectUnshared {
        project {
          id
          shareUrl
        }
      }
      ... on Problem {
        message
      }
    }
  }
`);

export const linkOf = (path: string): string => new URL(path, location.origin).href;

/** Copy it and say so; where the clipboard is out of reach, show it. */
export const copyLink = async (link: string): Promise<void> => {
  const copied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  toast(copied ? "The link is copied" : link);
};

/** A link by which anybody hears the current take, and taking it back. */
export const useSharing = (id: string) => {
  const [{ fetching: sharing }, share] = useMutation(ShareDocument);
  const [{ fetching: ending }, unshare] = useMutation(UnshareDocument);
  return {
    busy: sharing || ending,
    share: async () => {
      const { data, error } = await share({ id });
      const outcome = data?.shareProject;
      if (outcome?.__typename === "ProjectShared") await copyLink(linkOf(outcome.url));
      else toast(error ? explain(error) : (outcome?.message ?? "The song could not be shared."));
    },
    unshare: async () => {
      const { data, error } = await unshare({ id });
      const outcome = data?.unshareProject;
      if (outcome?.__typename === "ProjectUnshared") toast("The link opens nothing any more");
      else toast(error ? explain(error) : (outcome?.message ?? "The link is still open."));
    },
  };
};
