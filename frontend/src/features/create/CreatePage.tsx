import { type KeyboardEvent, useEffect, useReducer, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "@/components/Button";
import styles from "./CreatePage.module.css";
import { anotherExample, EXAMPLES } from "./examples";
import { Horizon } from "./Horizon";
import { Recent } from "./Recent";
import { Refusal, type Refused } from "./Refusal";
import { Understood } from "./Understood";
import { useGenerateFullSong } from "./useGenerateFullSong";
import { WishPanel } from "./WishPanel";
import { countWishes, NO_WISHES, requestOf, wishesReducer } from "./wishes";

const LONGEST_PROMPT = 2_000;

/** One sentence is enough; everything else can be left to the composer. */
export const CreatePage = () => {
  const [, navigate] = useLocation();
  const [prompt, setPrompt] = useState("");
  const [wishes, dispatch] = useReducer(wishesReducer, NO_WISHES);
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const { start, starting } = useGenerateFullSong();
  useEffect(() => {
    document.title = "AI Music Studio";
  }, []);

  const submit = async () => {
    if (!prompt.trim()) {
      setRefusal({
        message: "Say what the song should be: a mood, a style, a story.",
        field: "prompt",
        retryAfterSeconds: null,
      });
      return;
    }
    const started = await start(requestOf(prompt, wishes));
    if (started.ok) navigate(`/songs/${started.projectId}`);
    else setRefusal(started);
  };
  const submitOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  const change = (text: string) => {
    setPrompt(text);
    setRefusal(null);
  };

  return (
    <div className={styles.page}>
      <header className={styles.hero}>
        <h1>Say it in a sentence. Hear it as a song.</h1>
        <Horizon text={prompt} energy={wishes.energy} />
      </header>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label className="sr-only" htmlFor="prompt">
          What should the song be?
        </label>
        <textarea
          id="prompt"
          rows={3}
          value={prompt}
          maxLength={LONGEST_PROMPT}
          placeholder={EXAMPLES[0]}
          aria-invalid={refusal?.field === "prompt" || undefined}
          aria-describedby={refusal ? "refusal" : undefined}
          onChange={(event) => change(event.target.value)}
          onKeyDown={submitOnEnter}
        />
        <Understood prompt={prompt} />
        <div className={styles.actions}>
          <Button
            kind="plain"
            icon="sparkle"
            onClick={() => change(anotherExample(prompt, Math.random()))}
          >
            Surprise me
          </Button>
          <Button kind="plain" icon="chevron" aria-expanded={open} onClick={() => setOpen(!open)}>
            {wishLabel(countWishes(wishes))}
          </Button>
          <Button kind="primary" type="submit" disabled={starting} className={styles.submit}>
            {starting ? "Starting…" : "Make the song"}
          </Button>
        </div>
        {refusal && <Refusal {...refusal} />}
        {open && <WishPanel wishes={wishes} dispatch={dispatch} field={refusal?.field ?? null} />}
      </form>
      {!open && <Examples onChoose={change} />}
      <Recent />
    </div>
  );
};

const wishLabel = (count: number): string =>
  count === 0 ? "Shape it" : `${count} ${count === 1 ? "wish" : "wishes"} set`;

const Examples = ({ onChoose }: { onChoose: (text: string) => void }) => (
  <ul className={styles.examples} aria-label="Examples">
    {EXAMPLES.slice(1, 5).map((example) => (
      <li key={example}>
        <button type="button" onClick={() => onChoose(example)}>
          {example}
        </button>
      </li>
    ))}
  </ul>
);
