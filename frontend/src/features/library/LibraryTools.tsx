import { Button, IconButton } from "@/components/Button";
import { Choice as Select } from "@/components/Choice";
import { Icon } from "@/components/Icon";
import type { ProjectStatus } from "@/gql/graphql";
import styles from "./LibraryPage.module.css";
import type { Choice } from "./useChoice";
import type { Layout } from "./useLayout";

export type Filter = ProjectStatus | "ALL";

const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: "ALL", label: "All songs" },
  { value: "COMPLETED", label: "Finished" },
  { value: "RUNNING", label: "Being made" },
  { value: "QUEUED", label: "Waiting" },
  { value: "FAILED", label: "Failed" },
  { value: "CANCELLED", label: "Cancelled" },
];

const isFilter = (value: string): value is Filter => FILTERS.some((one) => one.value === value);

type LibraryToolsProps = {
  search: string;
  onSearch: (text: string) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  choice: Choice;
};

/** Which songs are shown, and how. */
export const LibraryTools = (props: LibraryToolsProps) => {
  const { search, onSearch, filter, onFilter, layout, onLayout, choice } = props;
  const other = layout === "list" ? "grid" : "list";
  return (
    <div className={styles.tools}>
      <search className={styles.find}>
        <label className={styles.search}>
          <Icon name="search" size={18} />
          <span className="sr-only">Search songs</span>
          <input
            type="search"
            value={search}
            placeholder="Search titles and prompts"
            onChange={(event) => onSearch(event.target.value)}
          />
        </label>
        <div className={styles.filter}>
          <Select
            label="Which songs"
            value={filter}
            options={FILTERS}
            onChange={(value) => isFilter(value) && onFilter(value)}
          />
        </div>
      </search>
      <IconButton
        icon={other === "grid" ? "grid" : "rows"}
        label={`Show as a ${other}`}
        onClick={() => onLayout(other)}
      />
      <IconButton
        icon="check"
        label="Choose several"
        aria-pressed={choice.entries !== null}
        kind={choice.entries ? "primary" : "plain"}
        onClick={choice.entries ? choice.end : choice.begin}
      />
    </div>
  );
};

/** What can be done with the chosen songs. */
export const ChosenBar = ({ choice, onDelete }: { choice: Choice; onDelete: () => void }) => {
  if (!choice.entries) return null;
  const count = choice.entries.size;
  return (
    <section className={styles.chosen} aria-label="Chosen songs">
      <p aria-live="polite">
        {count} {count === 1 ? "song" : "songs"} chosen
      </p>
      <Button icon="trash" disabled={count === 0} onClick={onDelete}>
        Delete
      </Button>
      <Button kind="plain" onClick={choice.end}>
        Done
      </Button>
    </section>
  );
};
