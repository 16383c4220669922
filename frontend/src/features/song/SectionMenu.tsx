import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import styles from "./SectionMenu.module.css";

type SectionMenuProps = {
  name: string;
  onRepeat: () => void;
  /** Null where the song cannot be changed. */
  onAnew: (() => void) | null;
};

/** What else can be done with a section than to go there. */
export const SectionMenu = ({ name, onRepeat, onAnew }: SectionMenuProps) => (
  <Menu
    trigger={
      <button type="button" className={styles.trigger} aria-label={`More for ${name}`}>
        <Icon name="more" size={16} />
      </button>
    }
  >
    <MenuItem icon="loop" onSelect={onRepeat}>
      Repeat {name}
    </MenuItem>
    {onAnew && (
      <MenuItem icon="retry" onSelect={onAnew}>
        Make {name} anew
      </MenuItem>
    )}
  </Menu>
);
