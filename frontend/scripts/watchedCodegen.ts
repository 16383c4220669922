import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCHEMA = fileURLToPath(new URL("../../backend/schema/schema.graphql", import.meta.url));
const GENERATED = fileURLToPath(new URL("../src/gql/", import.meta.url));

const isDocument = (file: string): boolean =>
  /\.tsx?$/.test(file) &&
  !file.startsWith(GENERATED) &&
  readFileSync(file, "utf8").includes("graphql(`");

/** While the studio is developed, its types follow its documents and the schema. */
export const watchedCodegen = (): Plugin => {
  let running = false;
  let again = false;
  const generate = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const child = spawn("npm", ["run", "--silent", "codegen", "--", "--silent"], {
      cwd: ROOT,
      stdio: "inherit",
    });
    child.on("exit", () => {
      running = false;
      if (again) generate();
      again = false;
    });
  };
  return {
    name: "watched-codegen",
    apply: "serve",
    configureServer({ watcher, config }) {
      if (config.mode === "test") return;
      watcher.add(SCHEMA);
      const changed = (file: string) => {
        if (file === SCHEMA || isDocument(file)) generate();
      };
      watcher.on("change", changed);
      watcher.on("add", (file) => file !== SCHEMA && changed(file));
    },
  };
};
