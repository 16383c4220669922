import { IconButton } from "@/components/Button";
import { Menu, MenuItem } from "@/components/Menu";

type SongMenuProps = { title: string; onRename: () => void; onDelete: () => void };

export const SongMenu = ({ title, onRename, onDelete }: SongMenuProps) => (
  <Menu focusMovesOn trigger={<IconButton icon="more" label={`More for ${title}`} />}>
    <MenuItem icon="pencil" onSelect={onRename}>
      Rename
    </MenuItem>
    <MenuItem icon="trash" onSelect={onDelete}>
      Delete
    </MenuItem>
  </Menu>
);
