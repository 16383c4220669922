import { useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { player } from "@/audio/player";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { Notice, Skeleton } from "@/components/Notice";
import { graphql } from "@/gql";
import { explain } from "@/lib/problems";
import { playableSong } from "./playable";
import { SongBody } from "./SongBody";
import { Facts } from "./SongHeader";
import headerStyles from "./SongHeader.module.css";
import styles from "./SongPage.module.css";
import type { Song } from "./song";
import { NOTHING_MAKING } from "./tracksMaking";
import { useSongKeys } from "./useSongKeys";
import { useStart } from "./useStart";

const SharedSongDocument = graphql(`
  query SharedSong($token: String!) {
    sharedSong(token: $token) {
      title
      song {
        ...SongParts
      }
    }
  }
`);

const noOtherTake = () => false;

/** A song by its link: to be heard, seen and taken along, by anybody. */
export const SharedSongPage = ({ token }: { token: string }) => {
  const [{ data, error }] = useQuery({ query: SharedSongDocument, variables: { token } });
  if (error) {
    return (
      <Notice alone title="The song could not be loaded" tone="bad">
        {explain(error)}
      </Notice>
    );
  }
  if (!data) return <Skeleton lines={4} label="Loading the song" />;
  if (!data.sharedSong) {
    return (
      <Notice alone title="This link opens nothing">
        It may be mistyped, or its owner no longer shares the song.
      </Notice>
    );
  }
  return <OpenSharedSong token={token} {...data.sharedSong} />;
};

type OpenSharedSongProps = { token: string; title: string; song: Song };

const OpenSharedSong = ({ token, title, song }: OpenSharedSongProps) => {
  const playable = useMemo(() => {
    const found = playableSong(token, title, song);
    return found && { ...found, page: `/listen/${token}` };
  }, [token, title, song]);
  const { song: loaded, status } = usePlayer();
  const playing = loaded?.id === token && (status === "playing" || status === "loading");
  useEffect(() => {
    document.title = `${title} · AI Music Studio`;
  }, [title]);
  useSongKeys(playable, song.sections, noOtherTake);
  useStart(playable, song.sections);
  return (
    <article className={styles.page}>
      <header className={headerStyles.header}>
        {playable && (
          <IconButton
            icon={playing ? "pause" : "play"}
            label={playing ? "Pause" : `Play ${title}`}
            size="large"
            kind="primary"
            onClick={() => void player.toggle(playable)}
          />
        )}
        <div className={headerStyles.words}>
          <div className={headerStyles.title}>
            <h1>{title}</h1>
          </div>
          <Facts song={song} />
        </div>
      </header>
      <SongBody
        id={token}
        song={song}
        playable={playable}
        progress={1}
        making={NOTHING_MAKING}
        keeping={null}
        onAnew={null}
      />
    </article>
  );
};
