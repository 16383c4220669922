import { order } from "@/audio/order";
import { player } from "@/audio/player";
import { isMoving } from "@/audio/playerState";
import { usePlayer } from "@/audio/usePlayer";
import { IconButton } from "@/components/Button";
import { type Glance, listenTo } from "@/lib/glance";

type PlayButtonProps = {
  project: Glance;
  /** The list it stands in, through which media keys go. */
  among: readonly Glance[];
};

/** Plays a song where it is listed; nothing while there is nothing to hear. */
export const PlayButton = ({ project, among }: PlayButtonProps) => {
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
      onClick={() => {
        order.follow(among.flatMap((one) => listenTo(one) ?? []));
        void player.toggle(playable);
      }}
    />
  );
};
