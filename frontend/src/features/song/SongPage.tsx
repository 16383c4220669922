import { useEffect } from "react";
import { Link } from "wouter";
import { Notice, Skeleton } from "@/components/Notice";
import { explain } from "@/lib/problems";
import { ChordStrip } from "./ChordStrip";
import { Downloads } from "./Downloads";
import { Lyrics } from "./Lyrics";
import { MakingPanel } from "./MakingPanel";
import { Notes } from "./Notes";
import { listeningFile, playableOf } from "./playable";
import { Report } from "./Report";
import { Scape } from "./Scape";
import { SongHeader } from "./SongHeader";
import styles from "./SongPage.module.css";
import { SongViews } from "./SongViews";
import { useMaking } from "./useMaking";
import { type Project, useProject } from "./useProject";
import { useProjectActions } from "./useProjectActions";
import { useSongKeys } from "./useSongKeys";
import { useStart } from "./useStart";

/** One song, from its first plan to its last download. */
export const SongPage = ({ id }: { id: string }) => {
  const { project, missing, error, refresh } = useProject(id);
  const making = useMaking(id, project?.status, refresh);
  const actions = useProjectActions(id, refresh);
  useEffect(() => {
    if (project) document.title = `${project.title} · AI Music Studio`;
  }, [project]);

  if (missing) {
    return (
      <Notice
        alone
        title="This song does not exist"
        action={<Link href="/library">To the library</Link>}
      >
        It may have been deleted, or it belongs to somebody else.
      </Notice>
    );
  }
  if (error) {
    return (
      <Notice alone title="The song could not be loaded" tone="bad">
        {explain(error)}
      </Notice>
    );
  }
  if (!project) return <Skeleton lines={4} label="Loading the song" />;
  const live = { ...project, ...making.project };
  return (
    <article className={styles.page}>
      <SongHeader project={live} onRename={actions.rename} />
      {live.status !== "COMPLETED" && (
        <MakingPanel project={live} making={making} actions={actions} />
      )}
      <SongBody project={live} atWork={making.instruments} />
    </article>
  );
};

type SongBodyProps = { project: Project; atWork: readonly string[] };

const SongBody = ({ project, atWork }: SongBodyProps) => {
  const { song } = project;
  const playable = playableOf(project);
  useSongKeys(playable, song?.sections ?? []);
  useStart(playable, song?.sections ?? []);
  if (!song) return <div className={styles.unplanned} aria-hidden="true" />;
  const heard = listeningFile(song);
  return (
    <>
      <div className={styles.stage}>
        <Scape
          song={song}
          peaks={heard?.peaks ?? null}
          playable={playable}
          progress={project.progress}
        />
        <ChordStrip sections={song.sections} playable={playable} id={project.id} />
      </div>
      <SongViews
        song={song}
        playable={playable}
        id={project.id}
        atWork={atWork}
        aside={
          <>
            {song.notes.length > 0 && <Notes notes={song.notes} />}
            {song.report && <Report report={song.report} />}
            {song.audio.length > 0 && <Downloads song={song} />}
            {song.lyrics && <Lyrics lyrics={song.lyrics} id={project.id} />}
          </>
        }
      />
    </>
  );
};
