// The real platform for a test file: API, worker and Valkey on a free port with an empty data folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const START_MS = 90_000;

export const python = () => {
  const venv = path.join(ROOT, ".venv", "bin", "python");
  return process.env.PYTHON ?? (existsSync(venv) ? venv : "python3");
};

const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
};

export class Stack {
  static async start() {
    if (!existsSync(path.join(ROOT, "frontend", "dist", "index.html"))) {
      throw new Error("The studio is not built. Run: npm run build");
    }
    const stack = new Stack();
    stack.port = await freePort();
    stack.url = `http://127.0.0.1:${stack.port}`;
    stack.data = mkdtempSync(path.join(os.tmpdir(), "studio-e2e-"));
    await stack.begin();
    return stack;
  }

  async begin() {
    const env = {
      ...process.env,
      AIMUSIC_DATA_DIR: this.data,
      AIMUSIC_DATABASE_URL: `sqlite+aiosqlite:///${path.join(this.data, "music.db")}`,
      AIMUSIC_REDIS_URL: "",
      AIMUSIC_STORAGE_URL: "",
      AIMUSIC_FAST_DEV: "true",
      AIMUSIC_ENVIRONMENT: "development",
      AIMUSIC_SECRET_KEY: "a-secret-key-that-only-the-browser-tests-use",
      AIMUSIC_RATE_LIMIT_REQUESTS: "100000",
      AIMUSIC_LOG_LEVEL: "WARNING",
    };
    const args = ["-m", "backend", "serve", "--port", String(this.port)];
    this.log = "";
    this.process = spawn(python(), args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (text) => {
        this.log = (this.log + text).slice(-8_000);
      });
    }
    await this.ready();
  }

  async ready() {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (this.process.exitCode !== null) break;
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await pause(200);
    }
    throw new Error(`The platform did not start:\n${this.log}`);
  }

  /** As a crash: nothing gets a chance to end well. Its children die with it. */
  async crash() {
    this.process.kill("SIGKILL");
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, "exit");
    }
  }

  async stop() {
    this.process.kill("SIGTERM");
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await once(this.process, "exit");
    }
    rmSync(this.data, { recursive: true, force: true });
  }
}
