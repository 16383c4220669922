import { Button, IconButton } from "@/components/Button";
import { Choice as Select } from "@/components/Choice";
import { Icon } from "@/components/Icon";
import type { ProjectOrder } from "@/gql/graphql";
import styles from "./LibraryPage.module.css";
import { type Filter, isFilter, isOrder, type Question } from "./question";
import type { Choice } from "./useChoice";
import type { Layout } from "./useLayout";

const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: "ALL", label: "All songs" },
  { value: "COMPLETED", label: "Finished" },
  { value: "RUNNING", label: "Being made" },
  { value: "QUEUED", label: "Waiting" },
  { value: "FAILED", label: "Failed" },
  { value: "CANCELLED", label: "Cancelled" },
];
const ORDERS: readonly { value: ProjectOrder; label: string }[] = [
  { value: "NEWEST", label: "Newest" },
  { value: "OLDEST", label: "Oldest" },
  { value: "TITLE", label: "By title" },
  { value: "LENGTH", label: "Longest" },
];

type LibraryToolsProps = {
  question: Question;
  onAsk: (change: Partial<Question>) => void;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  choice: Choice;
};

/** Which songs are shown, and how. */
export const LibraryTools = (props: LibraryToolsProps) => {
  const { question, onAsk, layout, onLayout, choice } = props;
  const other = layout === "list" ? "grid" : "list";
  return (
    <div className={styles.tools}>
      <search className={styles.find}>
        <label className={styles.search}>
          <Icon name="search" size={18} />
          <span className="sr-only">Search songs</span>
          <input
            type="search"
            value={question.search}
            maxLength={200}
            placeholder="Search titles and prompts"
            onChange={(event) => onAsk({ search: event.target.value })}
          />
        </label>
        <div className={styles.filter}>
          <Select
            label="Which songs"
            value={question.filter}
            options={FILTERS}
            onChange={(filter) => isFilter(filter) && onAsk({ filter })}
          />
        </div>
        <div className={styles.filter}>
          <Select
            label="Order"
            value={question.order}
            options={ORDERS}
            onChange={(order) => isOrder(order) && onAsk({ order })}
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
