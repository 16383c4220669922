import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/Icon";
import styles from "@/components/Menu.module.css";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  /** Whether an item leads the focus elsewhere; else it goes back to the button. */
  focusMovesOn?: boolean;
  children: ReactNode;
};

/** What else can be done, behind one button. */
export const Menu = ({ trigger, focusMovesOn = false, children }: MenuProps) => (
  <DropdownMenu.Root modal={false}>
    <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        className={styles.menu}
        align="end"
        sideOffset={4}
        onCloseAutoFocus={(event) => focusMovesOn && event.preventDefault()}
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
);

type MenuItemProps = { icon: IconName; onSelect: () => void; children: ReactNode };

export const MenuItem = ({ icon, onSelect, children }: MenuItemProps) => (
  <DropdownMenu.Item className={styles.item} onSelect={onSelect}>
    <Icon name={icon} size={18} /> {children}
  </DropdownMenu.Item>
);
