import { graphql } from "@/gql";
import type { SongPartsFragment } from "@/gql/graphql";

/** Everything of a song that its page shows, whoever looks at it. */
export const SongPartsDocument = graphql(`
  fragment SongParts on Song {
    seed
    genre
    mood
    energy
    tempoBpm
    key
    timeSignature
    durationSeconds
    notes
    midiUrl
    musicXmlUrl
    lrcUrl
    sections {
      index
      name
      startBar
      bars
      startSeconds
      durationSeconds
      energy
      chords {
        symbol
        startSeconds
      }
    }
    tracks {
      id
      name
      role
      instrument
      noteCount
      muted
      stem {
        url
        sizeBytes
        peaks(points: 160)
      }
    }
    lyrics {
      text
      syllables {
        text
        line
        startSeconds
        durationSeconds
        wordEnd
      }
    }
    preview {
      format
      url
      durationSeconds
    }
    audio {
      format
      url
      sizeBytes
      durationSeconds
      peaks(points: 800)
    }
    loudnessCurve
    report {
      loudnessLufs
      soundBank
      soundBankLicence
      checks {
        name
        asked
        measured
        passed
      }
    }
    downloads {
      name
      format
      url
      sizeBytes
      ready
    }
  }
`);

export type Song = SongPartsFragment;
export type Section = Song["sections"][number];
export type Track = Song["tracks"][number];
