// Watches one project with npm's graphql-ws client and prints the id and type of every event.
// With a fifth argument N the connection is cut after every N events, and taken up again with
// the id of the last event as the cursor.
import { createClient } from 'graphql-ws';

const [url, token, projectId, after, dropEvery] = process.argv.slice(2);
const webSocketImpl = globalThis.WebSocket ?? (await import('ws')).WebSocket;
const query = `subscription Watch($projectId: ID!, $after: String) {
  projectEvents(projectId: $projectId, after: $after) { id type }
}`;

/** Watches until the project ends or the connection is cut; returns whether it ended. */
async function watch(cursor) {
  const client = createClient({
    url,
    webSocketImpl,
    retryAttempts: 0,
    connectionParams: { Authorization: `Bearer ${token}` },
  });
  let seen = 0;
  try {
    const variables = { projectId, after: cursor.id };
    for await (const result of client.iterate({ query, variables })) {
      if (result.errors) throw result.errors[0];
      const event = result.data.projectEvents;
      console.log(`${event.id} ${event.type}`);
      cursor.id = event.id;
      seen += 1;
      if (Number(dropEvery) && seen >= Number(dropEvery)) return false;
    }
    return true;
  } finally {
    client.terminate();
  }
}

const cursor = { id: after || null };
while (!(await watch(cursor)));
