// Finds a Chromium without asking anybody for root: the one that is named, the system's, or the one
// that travels inside an npm package. Run directly it prints the path.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const WELL_KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const PACKAGE = "@sparticuz/chromium";
const require = createRequire(import.meta.url);

const unpack = (archive, folder) => {
  mkdirSync(folder, { recursive: true });
  const input = brotliDecompressSync(readFileSync(archive));
  const { status, stderr } = spawnSync("tar", ["--no-same-owner", "-xf", "-", "-C", folder], { input });
  if (status !== 0) throw new Error(`${archive} cannot be unpacked: ${stderr}`);
};

const starts = (file, env) =>
  spawnSync(file, ["--version"], { env: { ...process.env, ...env }, stdio: "ignore" }).status === 0;

/** Unpack the packaged browser once per version, next to the package. */
const packaged = () => {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const entry = require.resolve(PACKAGE);
  const root = entry.slice(0, entry.indexOf(PACKAGE) + PACKAGE.length);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const cache = path.join(root, "..", "..", ".cache", `chromium-${version}`);
  const executablePath = path.join(cache, "chromium");
  if (!existsSync(executablePath)) {
    unpack(path.join(root, "bin", "al2023.tar.br"), cache);
    unpack(path.join(root, "bin", "fonts.tar.br"), cache);
    const fonts = `<fontconfig><dir>${path.join(cache, "fonts")}</dir></fontconfig>`;
    writeFileSync(path.join(cache, "fonts.conf"), `<?xml version="1.0"?>\n${fonts}\n`);
    const partial = `${executablePath}.${process.pid}`;
    writeFileSync(partial, brotliDecompressSync(readFileSync(path.join(root, "bin", "chromium.br"))));
    chmodSync(partial, 0o755);
    renameSync(partial, executablePath);
  }
  // A bare system lacks fonts and NSS; the package brings both.
  const fonts = existsSync("/usr/share/fonts") ? {} : { FONTCONFIG_PATH: cache };
  const libraries = { LD_LIBRARY_PATH: path.join(cache, "lib") };
  const env = [fonts, { ...fonts, ...libraries }].find((one) => starts(executablePath, one));
  return env ? { executablePath, env } : null;
};

/** The browser and what its environment needs: `{ executablePath, env }`. */
export const findChromium = () => {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { executablePath: named, env: {} };
  }
  const system = WELL_KNOWN.find((file) => existsSync(file) && starts(file, {}));
  const found = system ? { executablePath: system, env: {} } : packaged();
  if (!found) throw new Error("No Chromium was found. Install one and name it in CHROMIUM_PATH.");
  return found;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findChromium().executablePath);
