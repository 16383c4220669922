import { DropdownMenu } from "radix-ui";
import { Icon } from "@/components/Icon";
import styles from "./SectionMenu.module.css";

type SectionMenuProps = {
  name: string;
  onRepeat: () => void;
  /** Null where the song cannot be changed. */
  onAnew: (() => void) | null;
};

/** What else can be done with a section than to go there. */
export const SectionMenu = ({ name, onRepeat, onAnew }: SectionMenuProps) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger className={styles.trigger} aria-label={`More for ${name}`}>
      <Icon name="more" size={16} />
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content className={styles.menu} align="end" sideOffset={4}>
        <DropdownMenu.Item onSelect={onRepeat}>
          <Icon name="loop" size={18} /> Repeat {name}
        </DropdownMenu.Item>
        {onAnew && (
          <DropdownMenu.Item onSelect={onAnew}>
            <Icon name="retry" size={18} /> Make {name} anew
          </DropdownMenu.Item>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);
