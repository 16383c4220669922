import { type ReactNode, useEffect } from "react";
import { Button } from "@/components/Button";
import { session } from "@/lib/session";
import { ApiKeys } from "./ApiKeys";
import styles from "./ConnectPage.module.css";
import { copy } from "./copy";
import { curlExample, pythonExample, watchExample } from "./snippets";
import { useVersion } from "./useVersion";

const DOORS = [
  {
    href: "/graphiql/",
    name: "GraphiQL",
    note: "Try every query, mutation and subscription here.",
  },
  { href: "/docs", name: "REST reference", note: "Every route, with what it takes and gives." },
  { href: "/openapi.json", name: "OpenAPI", note: "The same as a machine reads it." },
  { href: "/health/ready", name: "Health", note: "Database, queue, worker and storage." },
];

/** How programs make songs. */
export const ConnectPage = () => {
  const version = useVersion();
  useEffect(() => {
    document.title = "API · AI Music Studio";
  }, []);
  return (
    <div className={styles.page}>
      <header>
        <h1>Everything here is an API</h1>
        <p>
          The studio uses nothing but the GraphQL endpoint <code>/graphql</code>. So can you.
          {version && ` This server runs version ${version.release}.`}
        </p>
      </header>
      <ul className={styles.doors}>
        {DOORS.map((door) => (
          <li key={door.href}>
            <a href={door.href}>
              <strong>{door.name}</strong>
              <span>{door.note}</span>
            </a>
          </li>
        ))}
      </ul>
      <ApiKeys />
      <Snippet title="Make a song" text={curlExample(location.origin)} />
      <Snippet title="Watch it being made" text={watchExample(location.origin)}>
        Over a WebSocket at <code>/graphql</code>, too: <code>graphql-transport-ws</code>.
      </Snippet>
      <Snippet title="From Python" text={pythonExample(location.origin)} />
      <section className={styles.token} aria-labelledby="token-title">
        <h2 id="token-title">Your token</h2>
        <p>
          What this browser is signed in with, to try things out; programs get a key. Treat it like
          a password.
        </p>
        <Button onClick={() => void copyToken()}>Copy token</Button>
      </section>
    </div>
  );
};

const copyToken = async () => {
  const token = await session.token();
  if (token) await copy(token, "Token");
};

type SnippetProps = { title: string; text: string; children?: ReactNode };

const Snippet = ({ title, text, children }: SnippetProps) => (
  <section className={styles.snippet}>
    <header>
      <h2>{title}</h2>
      <Button onClick={() => void copy(text, "Example")}>Copy</Button>
    </header>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
    {children && <p>{children}</p>}
  </section>
);
