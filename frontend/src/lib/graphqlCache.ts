import { cacheExchange } from "@urql/exchange-graphcache";

/** Types that belong to what holds them; a track's id, for one, is only its own song's. */
const PARTS = [
  "AudioFile",
  "Check",
  "Chord",
  "Download",
  "Facet",
  "Features",
  "Lyrics",
  "Mix",
  "PageInfo",
  "ProjectConnection",
  "Section",
  "SharedSong",
  "Song",
  "SongReport",
  "Stage",
  "Strip",
  "Syllable",
  "TakeChange",
  "TempoRange",
  "Track",
  "TrackProgress",
  "Understanding",
  "Version",
] as const;

/** One copy of each project, whichever question it came with: a new title shows everywhere. */
export const graphqlCache = () =>
  cacheExchange({
    keys: Object.fromEntries(PARTS.map((name) => [name, () => null])),
    updates: {
      Mutation: {
        deleteProject: ({ deleteProject }, { id }, cache) => {
          const outcome = deleteProject as { __typename: string };
          if (outcome.__typename === "ProjectDeleted") {
            cache.invalidate({ __typename: "Project", id: String(id) });
          }
        },
      },
    },
  });
