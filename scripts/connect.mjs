// `npm run connect`: finds a Python that is new enough and hands over to scripts/connect.py.
// Uses nothing but Node itself, because it runs before any package is installed.

import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = [20, 19];
const PYTHONS = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
const PROBE = "import sys; print(*sys.version_info[:2]); import ensurepip, venv";
const PARENT_CHECK_MS = 1000;

function fail(message) {
  console.error(message);
  process.exit(1);
}

function isAtLeast([major, minor], [oldestMajor, oldestMinor]) {
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

function checkNode() {
  const version = process.versions.node.split(".").map(Number);
  if (!isAtLeast(version, OLDEST_NODE)) {
    fail(`Node ${OLDEST_NODE.join(".")} or newer is needed; this one is ${process.versions.node} (nodejs.org).`);
  }
}

/** What one command says: absent, too old, without venv, or good. */
function probe(command) {
  const answer = spawnSync(command, ["-c", PROBE], { encoding: "utf8" });
  const version = answer.stdout?.trim().split(" ").map(Number) ?? [];
  return { command, version, isPython: version.length === 2, hasVenv: answer.status === 0 };
}

function isRecent({ isPython, version }) {
  return isPython && isAtLeast(version, [3, 11]);
}

function findPython() {
  const found = [];
  for (const command of PYTHONS) {
    const python = probe(command);
    if (python.isPython) found.push(python);
    if (isRecent(python) && python.hasVenv) return command;
  }
  const recent = found.find(isRecent);
  if (recent) {
    const version = recent.version.join(".");
    fail(`Python ${version} lacks its venv module; on Debian and Ubuntu: sudo apt install python${version}-venv`);
  }
  const newest = found.length > 0 ? ` (found ${found.map((python) => python.version.join(".")).sort().at(-1)})` : "";
  return fail(`Python 3.11 or newer is needed${newest}; install it from python.org or your system's packages.`);
}

checkNode();
const root = fileURLToPath(new URL("..", import.meta.url));
const child = spawn(findPython(), ["-m", "scripts.connect", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}

// npm that is killed cannot tell anybody; its orphans notice that they have another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill("SIGTERM");
}, PARENT_CHECK_MS).unref();

child.on("exit", (status, signal) => process.exit(status ?? (signal ? 1 : 0)));
