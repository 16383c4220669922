import { player } from "@/audio/player";
import { isMoving } from "@/audio/playerState";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { type Glance, listenTo } from "@/lib/glance";

/** Plays a song where it is listed; nothing while there is nothing to hear. */
export const PlayButton = ({ project }: { project: Glance }) => {
  const state = usePlayer();
  const playable = listenTo(project);
  if (!playable) return null;
  const playing = state.song?.id === project.id && isMoving(state);
  return (
    <IconButton
      icon={playing ? "pause" : "play"}
      label={`${playing ? "Pause" : "Play"} ${project.title}`}
      kind="quiet"
      data-playing={playing || undefined}
      onClick={() => void player.toggle(playable)}
    />
  );
};
