// What a first visit downloads before anything shows: the entry and all it imports, as sent (gzip).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = { js: 200_000, css: 20_000 };

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist))).length;

const files = { js: new Set(), css: new Set() };
const visit = (name) => {
  const chunk = manifest[name];
  if (files.js.has(chunk.file)) return;
  files.js.add(chunk.file);
  for (const sheet of chunk.css ?? []) files.css.add(sheet);
  for (const imported of chunk.imports ?? []) visit(imported);
};
visit("index.html");

let exceeded = false;
for (const [kind, budget] of Object.entries(BUDGETS)) {
  const bytes = [...files[kind]].reduce((sum, file) => sum + gzipped(file), 0);
  const verdict = bytes <= budget ? "within" : "OVER";
  exceeded ||= bytes > budget;
  console.log(
    `first screen, ${kind}: ${(bytes / 1000).toFixed(1)} kB gzip, ${verdict} ${budget / 1000} kB`,
  );
}
process.exitCode = exceeded ? 1 : 0;
