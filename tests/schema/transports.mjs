// Watches one project to its end over one transport, each with the client that npm has for it:
//   node transports.mjs <transport> <url> <token> <projectId>
// Prints the id of every event; errors of the server are printed as `error <code>`.
import { createClient as overWebSocket } from "graphql-ws";
import { createClient as overEvents } from "graphql-sse";
import { meros } from "meros/browser";
import { SubscriptionClient } from "subscriptions-transport-ws";
import { WebSocket } from "ws";

const [transport, url, token, projectId] = process.argv.slice(2);
const query = "subscription($projectId: ID!) { projectEvents(projectId: $projectId) { id } }";
const operation = { query, variables: { projectId } };
const headers = { Authorization: `Bearer ${token}` };
const sockets = url.replace("http", "ws");

const show = (result) => {
  for (const error of result.errors ?? []) console.log(`error ${error.extensions?.code}`);
  if (result.data) console.log(result.data.projectEvents.id);
};

const transports = {
  async "graphql-transport-ws"() {
    const client = overWebSocket({
      url: `${sockets}/graphql`, webSocketImpl: WebSocket, connectionParams: headers, retryAttempts: 0,
    });
    for await (const result of client.iterate(operation)) show(result);
    await client.dispose();
  },
  async "graphql-ws"() {
    const options = { connectionParams: headers, reconnect: false };
    const client = new SubscriptionClient(`${sockets}/graphql`, options, WebSocket);
    await new Promise((next, error) => client.request(operation).subscribe({ next: show, error, complete: next }));
    client.close();
  },
  async sse() {
    const client = overEvents({ url: `${url}/graphql/stream`, headers, retryAttempts: 0 });
    for await (const result of client.iterate(operation)) show(result);
    client.dispose();
  },
  async multipart() {
    const accept = "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json";
    const answer = await fetch(`${url}/graphql/stream`, {
      method: "POST",
      headers: { ...headers, accept, "content-type": "application/json" },
      body: JSON.stringify(operation),
    });
    for await (const part of await meros(answer)) if (part.json && part.body.payload) show(part.body.payload);
  },
};

await transports[transport]();
