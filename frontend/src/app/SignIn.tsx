import { useState } from "react";
import styles from "@/app/SignIn.module.css";
import { Button } from "@/components/Button";
import { session } from "@/lib/session";

/** Where no development token is handed out, a person brings one. */
export const SignIn = () => {
  const [token, setToken] = useState("");
  return (
    <main className={styles.page}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim()) session.accept(token);
        }}
      >
        <h1>Welcome to the studio</h1>
        <label htmlFor="token">
          Paste your access token. Whoever runs this server can make you one.
        </label>
        <textarea
          id="token"
          rows={4}
          value={token}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setToken(event.target.value)}
        />
        <Button kind="primary" type="submit" disabled={!token.trim()}>
          Enter
        </Button>
      </form>
    </main>
  );
};
