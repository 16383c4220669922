import { useEffect, useState } from "react";
import styles from "./CreatePage.module.css";

export type Refused = {
  readonly message: string;
  readonly field: string | null;
  /** After how many seconds trying again makes sense. */
  readonly retryAfterSeconds: number | null;
};

/** Why the song was not started, and when trying again makes sense. */
export const Refusal = ({ message, retryAfterSeconds }: Refused) => (
  <p id="refusal" role="alert" className={styles.refusal}>
    {message}
    {retryAfterSeconds !== null && <Countdown key={message} seconds={retryAfterSeconds} />}
  </p>
);

/** Counted down for eyes; ears hear the first number only. */
const Countdown = ({ seconds }: { seconds: number }) => {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-live="off"> {left > 0 ? `Try again in ${left} s.` : "Try again now."}</span>;
};
