import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expiryOf, isFresh, Session } from "@/lib/session";

const jwt = (claims: object) => `h.${btoa(JSON.stringify(claims))}.s`;
const answer = (token: string) => new Response(JSON.stringify({ token }));

describe("a token", () => {
  it("is fresh until a minute before it ends", () => {
    const token = jwt({ exp: 1_000 });
    expect(expiryOf(token)).toBe(1_000);
    expect(isFresh(token, 939)).toBe(true);
    expect(isFresh(token, 940)).toBe(false);
  });

  it("without an end is always fresh", () => {
    expect(isFresh(jwt({ sub: "x" }), 1e12)).toBe(true);
    expect(expiryOf("no token")).toBeNull();
  });
});

describe("Session", () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => void vi.unstubAllGlobals());

  it("asks once for all who wait", async () => {
    const fetched = vi.fn(async () => answer(jwt({ exp: 1e12 })));
    vi.stubGlobal("fetch", fetched);
    const session = new Session();
    const [one, two] = await Promise.all([session.token(), session.token()]);
    expect(one).toBe(two);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(await new Session().token()).toBe(one);
  });

  it("means signed out where no token is handed out", async () => {
    vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
    expect(await new Session().token()).toBeNull();
  });

  it("forgets a refused token, but not its successor", async () => {
    const session = new Session();
    session.accept("new");
    session.refuse("old");
    expect(session.snapshot()).toBe("new");
    session.refuse("new");
    expect(session.snapshot()).toBeNull();
  });
});
