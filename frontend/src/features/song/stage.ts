import { graphql } from "@/gql";
import type { StagePartsFragment } from "@/gql/graphql";

/** One of the five steps from a sentence to a song, as its page shows it. */
export const StagePartsDocument = graphql(`
  fragment StageParts on Stage {
    name
    status
    progress
    message
    startedAt
    durationSeconds
    error
    tracks {
      trackId
      progress
      outline
    }
  }
`);

export type Stage = StagePartsFragment;
