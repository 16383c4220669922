// A page of somebody else, and a door through which the test sees what it makes a browser ask.
import { once } from "node:events";
import { createServer, request } from "node:http";

export const serve = async (answer) => {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
};

/** Hands every request on as it came, and tells how it was answered: browsers hide that from other pages. */
export const doorTo = (url, tell) =>
  serve((asked, response) => {
    const onward = request(`${url}${asked.url}`, { method: asked.method, headers: asked.headers }, (answer) => {
      tell(new URL(asked.url, url), answer.statusCode);
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    asked.pipe(onward);
  });

/** Everything by which a page makes a browser ask somebody else. */
export const evilPage = (url) => {
  const query = "{ styles { id } }";
  const link = (by, path = "/graphql") => `${url}${path}?query=${encodeURIComponent(query)}&by=${by}`;
  return `<!doctype html><title>evil</title>
    <link rel=stylesheet href="${link("style")}">
    <img src="${link("img")}"><iframe src="${link("iframe")}"></iframe>
    <video src="${link("video")}"></video><object data="${link("object")}"></object>
    <script async src="${link("script")}"></script>
    <script async type=module src="${link("module")}"></script>
    <iframe name=one></iframe><form target=one action="${url}/graphql">
      <input name=query value="${query}"><input name=by value=form></form>
    <iframe name=two></iframe><form target=two method=post enctype=text/plain action="${url}/graphql?by=post">
      <input name='{"query": "${query}", "x": "' value='"}'></form>
    <script>
      for (const form of document.forms) form.submit();
      fetch("${link("fetch")}", { mode: "no-cors" }).catch(() => 0);
      fetch("${link("simple")}", { headers: { "Content-Type": "text/plain" } }).catch(() => 0);
      fetch("${link("header")}", { headers: { "X-GraphQL-CSRF": "1" } }).catch(() => 0);
      new EventSource("${link("events", "/graphql/stream")}");
      navigator.sendBeacon("${url}/graphql?by=beacon", '{"query": "${query}"}');
    </script>`;
};
