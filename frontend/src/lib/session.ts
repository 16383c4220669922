/** Who is asking. A token comes from the development route, or is pasted by hand; it is kept per browser. */

const STORAGE_KEY = "studio.token";
const REFRESH_BEFORE_SECONDS = 60;

type DevTokenAnswer = { token: string };

const isDevTokenAnswer = (value: unknown): value is DevTokenAnswer =>
  typeof value === "object" &&
  value !== null &&
  "token" in value &&
  typeof value.token === "string";

/** Seconds since the epoch at which a JWT ends; null when the text is no JWT or never ends. */
export const expiryOf = (token: string): number | null => {
  const body = token.split(".")[1];
  if (!body) return null;
  try {
    const claims: unknown = JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof claims !== "object" || claims === null || !("exp" in claims)) return null;
    return typeof claims.exp === "number" ? claims.exp : null;
  } catch {
    return null;
  }
};

export const isFresh = (token: string, nowSeconds: number): boolean => {
  const expiry = expiryOf(token);
  return expiry === null || expiry - REFRESH_BEFORE_SECONDS > nowSeconds;
};

const fetchDevToken = async (): Promise<string | null> => {
  const answer = await fetch("/api/v1/dev/token");
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const body: unknown = await answer.json();
  return isDevTokenAnswer(body) ? body.token : null;
};

export class Session {
  private current: string | null = localStorage.getItem(STORAGE_KEY);
  private pending: Promise<string | null> | null = null;
  private readonly listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The token to send now: the kept one while it is fresh, else a new one; null means "sign in". */
  token = (): Promise<string | null> => {
    if (this.current && isFresh(this.current, Date.now() / 1000))
      return Promise.resolve(this.current);
    this.pending ??= fetchDevToken()
      .then((token) => {
        this.keep(token);
        return token;
      })
      .finally(() => {
        this.pending = null;
      });
    return this.pending;
  };

  snapshot = (): string | null => this.current;

  accept(token: string): void {
    this.keep(token.trim());
  }

  /** Forget a token that the server refused, unless it has been replaced meanwhile. */
  refuse(token: string | null): void {
    if (token === this.current) this.keep(null);
  }

  private keep(token: string | null): void {
    this.current = token;
    if (token === null) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, token);
    for (const listener of this.listeners) listener();
  }
}

export const session = new Session();
