import { useEffect } from "react";
import { Button } from "@/components/Button";
import { session } from "@/lib/session";
import { toast } from "@/lib/toast";
import styles from "./ConnectPage.module.css";
import { curlExample, pythonExample, subscriptionExample } from "./snippets";
import { useVersion } from "./useVersion";

const DOORS = [
  {
    href: "/graphiql/",
    name: "GraphiQL",
    note: "Try every query, mutation and subscription here.",
  },
  { href: "/openapi.json", name: "OpenAPI", note: "The REST routes as a machine reads them." },
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
      <Snippet title="Make a song" text={curlExample(location.origin)} />
      <Snippet title="Watch it being made (GraphQL over WebSocket)" text={subscriptionExample} />
      <Snippet title="From Python" text={pythonExample(location.origin)} />
      <section className={styles.token} aria-labelledby="token-title">
        <h2 id="token-title">Your token</h2>
        <p>Programs send it as “Authorization: Bearer …”. Treat it like a password.</p>
        <Button onClick={() => void copyToken()}>Copy token</Button>
      </section>
    </div>
  );
};

const copy = async (text: string, what: string) => {
  await navigator.clipboard.writeText(text);
  toast(`${what} copied`);
};

const copyToken = async () => {
  const token = await session.token();
  if (token) await copy(token, "Token");
};

const Snippet = ({ title, text }: { title: string; text: string }) => (
  <section className={styles.snippet}>
    <header>
      <h2>{title}</h2>
      <Button onClick={() => void copy(text, "Example")}>Copy</Button>
    </header>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  </section>
);
