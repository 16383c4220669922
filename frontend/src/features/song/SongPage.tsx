import { useEffect, useMemo, useState } from "react";
import { Link } from "wouter";
import { Notice, Skeleton } from "@/components/Notice";
import { explain } from "@/lib/problems";
import { MakingPanel } from "./MakingPanel";
import { isActive, withHeard } from "./makingReducer";
import { playableOf } from "./playable";
import { ReviseDialog } from "./ReviseDialog";
import { SectionDialog } from "./SectionDialog";
import { SongBody } from "./SongBody";
import { SongHeader } from "./SongHeader";
import styles from "./SongPage.module.css";
import { TakeSwitcher } from "./TakeSwitcher";
import { useTakeAddress } from "./takeAddress";
import { NOTHING_MAKING, tracksMaking } from "./tracksMaking";
import { useEdits } from "./useEdits";
import { useMaking } from "./useMaking";
import { useMasters } from "./useMasters";
import { type Project, useProject } from "./useProject";
import { useProjectActions } from "./useProjectActions";
import { useSongKeys } from "./useSongKeys";
import { useStart } from "./useStart";
import { useFollowShown, useTakes } from "./useTakes";

/** One song, from its first plan to its last download. */
export const SongPage = ({ id }: { id: string }) => {
  const [asked, show] = useTakeAddress();
  const { project, missing, error, refresh } = useProject(id, asked);
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
  if (!project.take) {
    return (
      <Notice
        alone
        title="This take does not exist"
        action={<Link href={`/songs/${id}`}>To the current take</Link>}
      >
        It may have been deleted.
      </Notice>
    );
  }
  return <OpenSong project={project} show={show} refresh={refresh} />;
};

type OpenSongProps = {
  project: Project;
  show: (take: string | null) => void;
  refresh: () => void;
};

type Dialog = { readonly about: "request" } | { readonly about: "section"; readonly index: number };

const OpenSong = ({ project, show, refresh }: OpenSongProps) => {
  const { id, take } = project;
  const making = useMaking(id, project.status, refresh);
  const actions = useProjectActions(id, refresh);
  const edits = useEdits(id, refresh, show);
  const masterOf = useMasters();
  const takes = useTakes(project, show, refresh);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const playable = useMemo(() => playableOf(project), [project]);
  const live = withHeard(project, making);
  const busy = isActive(live.status);
  const inWork = take?.id === project.takeInWork?.id;
  const song = take?.song ?? null;
  const close = () => setDialog(null);
  useFollowShown(playable);
  useSongKeys(playable, song?.sections ?? [], takes.step);
  useStart(playable, song?.sections ?? []);
  return (
    <article className={styles.page}>
      <SongHeader project={live} onRename={actions.rename} />
      {(busy || live.status !== "COMPLETED") && (
        <MakingPanel project={live} making={making} actions={actions} onWatch={show} />
      )}
      {(playable || takes.entries.length > 1) && (
        <TakeSwitcher
          takes={takes}
          progress={live.progress}
          busy={busy || !playable}
          onAnother={() => void edits.makeTake()}
          onSection={() => setDialog({ about: "section", index: 0 })}
          onRevise={() => setDialog({ about: "request" })}
        />
      )}
      <SongBody
        id={id}
        song={song}
        playable={playable}
        progress={inWork ? live.progress : 1}
        making={inWork ? tracksMaking(live.stages) : NOTHING_MAKING}
        keeping={take && { take, master: masterOf(take), remix: edits.remix, busy }}
        onAnew={busy ? null : ({ index }) => setDialog({ about: "section", index })}
      />
      {take && song && dialog?.about === "section" && (
        <SectionDialog
          takeId={take.id}
          sections={song.sections}
          first={dialog.index}
          regenerate={edits.regenerateSection}
          onClose={close}
        />
      )}
      {take && song && dialog?.about === "request" && (
        <ReviseDialog takeId={take.id} song={song} revise={edits.revise} onClose={close} />
      )}
    </article>
  );
};
