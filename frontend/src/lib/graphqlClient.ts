import { type Client, createClient, fetchExchange } from "urql";
import { graphqlCache } from "@/lib/graphqlCache";
import { type Session, session } from "@/lib/session";

const isRefused = async (answer: Response): Promise<boolean> =>
  answer.status === 401 || (await answer.clone().text()).includes('"NOT_AUTHENTICATED"');

/** `fetch` that carries the token, and asks for a new one once when the server refuses it. */
const authenticatedFetch =
  (who: Session): typeof fetch =>
  async (input, init) => {
    const send = async (): Promise<{ answer: Response; token: string | null }> => {
      const token = await who.token();
      const headers = new Headers(init?.headers);
      if (token) headers.set("Authorization", `Bearer ${token}`);
      return { answer: await fetch(input, { ...init, headers }), token };
    };
    const first = await send();
    if (!first.token || !(await isRefused(first.answer))) return first.answer;
    who.refuse(first.token);
    return (await send()).answer;
  };

export const createGraphqlClient = (send = authenticatedFetch(session)): Client =>
  createClient({
    url: "/graphql",
    preferGetMethod: false,
    fetch: send,
    requestPolicy: "cache-and-network",
    exchanges: [graphqlCache(), fetchExchange],
  });
