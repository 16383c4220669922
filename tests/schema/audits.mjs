// Every audit of GraphQL over HTTP that npm's graphql-http ships, against one address.
// Prints one JSON document: how many passed, and what the others said.
import { auditServer } from 'graphql-http';

// A GET needs a header that no page of others can send; `plain` leaves it away.
const [url, how] = process.argv.slice(2);
const withHeader = (address, request = {}) =>
  fetch(address, { ...request, headers: { ...request.headers, 'x-graphql-csrf': '1' } });
const fetchFn = how === 'plain' ? fetch : withHeader;
const results = await auditServer({ url, fetchFn });
const failures = results
  .filter((result) => result.status !== 'ok')
  .map(({ id, name, status, reason }) => ({ id, name, status, reason }));
console.log(JSON.stringify({ total: results.length, failures }));
