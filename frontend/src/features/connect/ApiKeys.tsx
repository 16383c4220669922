import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Notice, Skeleton } from "@/components/Notice";
import type { ApiKeyScope } from "@/gql/graphql";
import { ago } from "@/lib/format";
import { explain } from "@/lib/problems";
import styles from "./ApiKeys.module.css";
import { copy } from "./copy";
import { type ApiKey, useApiKeys } from "./useApiKeys";

const SCOPES: readonly { value: ApiKeyScope; label: string }[] = [
  { value: "READ", label: "Read and watch" },
  { value: "WRITE", label: "Read, watch and change" },
];
const isScope = (word: string): word is ApiKeyScope => SCOPES.some(({ value }) => value === word);
const scopeName = (scope: ApiKeyScope) => SCOPES.find(({ value }) => value === scope)?.label;

/** Keys with which programs come in one's name: made, shown once, listed, revoked. */
export const ApiKeys = () => {
  const { keys, error, refresh, create, creating, revoke } = useApiKeys();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <section className={styles.keys} aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">API keys</h2>
        <p>One for each program. A program sends it as “Authorization: Bearer …”.</p>
      </header>
      <NewKey
        busy={creating}
        onCreate={async (name, scope) => {
          const made = await create(name, scope);
          setSecret(made);
          return made !== null;
        }}
      />
      {secret && <Secret secret={secret} onClose={() => setSecret(null)} />}
      {keys ? (
        <KeyList keys={keys} onRevoke={revoke} />
      ) : error ? (
        <Notice
          title="The keys could not be loaded"
          tone="bad"
          action={<Button onClick={refresh}>Try again</Button>}
        >
          {explain(error)}
        </Notice>
      ) : (
        <Skeleton lines={2} label="Loading keys" />
      )}
    </section>
  );
};

type NewKeyProps = {
  busy: boolean;
  onCreate: (name: string, scope: ApiKeyScope) => Promise<boolean>;
};

const NewKey = ({ busy, onCreate }: NewKeyProps) => {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<ApiKeyScope>("READ");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && (await onCreate(name.trim(), scope))) setName("");
  };
  return (
    <form className={styles.make} onSubmit={(event) => void submit(event)}>
      <input
        aria-label="What the key is for"
        placeholder="What it is for, such as “radio script”"
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
      />
      <div className={styles.scope}>
        <Choice
          label="What the key opens"
          value={scope}
          options={SCOPES}
          onChange={(value) => isScope(value) && setScope(value)}
        />
      </div>
      <Button type="submit" icon="plus" disabled={busy || !name.trim()}>
        Make a key
      </Button>
    </form>
  );
};

const Secret = ({ secret, onClose }: { secret: string; onClose: () => void }) => (
  <div className={styles.secret} role="status">
    <p>
      <strong>Copy it now.</strong> It is shown this once, and nobody can read it again.
    </p>
    <code>{secret}</code>
    <Button kind="primary" onClick={() => void copy(secret, "Key")}>
      Copy key
    </Button>
    <Button kind="plain" onClick={onClose}>
      Done
    </Button>
  </div>
);

type KeyListProps = { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void };

const KeyList = ({ keys, onRevoke }: KeyListProps) =>
  keys.length === 0 ? (
    <p className={styles.none}>No keys yet.</p>
  ) : (
    <ul className={styles.list} aria-label="API keys">
      {keys.map((key) => (
        <li key={key.id}>
          <strong>{key.name}</strong>
          <span>{scopeName(key.scope)}</span>
          <span>{ago(key.createdAt, Date.now())}</span>
          <IconButton icon="trash" label={`Revoke ${key.name}`} onClick={() => onRevoke(key)} />
        </li>
      ))}
    </ul>
  );
