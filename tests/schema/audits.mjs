// Every audit of GraphQL over HTTP that npm's graphql-http ships, against one address.
// Prints one JSON document: how many passed, and what the others said.
import { auditServer } from 'graphql-http';

const url = process.argv[2];
const results = await auditServer({ url });
const failures = results
  .filter((result) => result.status !== 'ok')
  .map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify({ total: results.length, failures }));
