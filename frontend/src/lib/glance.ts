import type { Playable } from "@/audio/playerState";
import { graphql } from "@/gql";
import type { ProjectGlanceFragment } from "@/gql/graphql";

graphql(`
  fragment ProjectGlance on Project {
    id
    title
    song {
      seed
      key
      sections {
        bars
        energy
      }
      tracks {
        id
        stem {
          url
        }
      }
      audio {
        format
        url
        durationSeconds
      }
    }
  }
`);

/** What a project looks and sounds like, without being opened. */
export type Glance = ProjectGlanceFragment;

/** Its song as the player takes it; null until there is something to hear. */
export const listenTo = ({ id, title, song }: Glance): Playable | null => {
  const file = song?.audio.find(({ format }) => format === "MP3") ?? song?.audio[0];
  if (!song || !file) return null;
  const stems = song.tracks.flatMap(({ id, stem }) => (stem ? [{ id, url: stem.url }] : []));
  return { id, title, durationSeconds: file.durationSeconds, url: file.url, stems };
};
