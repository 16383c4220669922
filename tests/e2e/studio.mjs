// A browser with the studio open, and a watch on everything a user would never forgive.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const SONG_TIMEOUT_MS = 180_000;

const SCREENSHOTS =
  process.env.STUDIO_SCREENSHOTS ?? fileURLToPath(new URL("./output/", import.meta.url));

/** Every sound of the page also reaches analysers of the test, before the loudspeaker: both sides, and each. */
const TAP = `
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const tap = new AnalyserNode(this.context, { fftSize: 32768, smoothingTimeConstant: 0 });
      window.heard = () => {
        const samples = new Float32Array(tap.fftSize);
        tap.getFloatTimeDomainData(samples);
        return samples;
      };
      connect.call(this, tap);
      const splitter = new ChannelSplitterNode(this.context, { numberOfOutputs: 2 });
      connect.call(this, splitter);
      const sides = [0, 1].map((side) => {
        const ear = new AnalyserNode(this.context, { fftSize: 8192 });
        connect.call(splitter, ear, side);
        return ear;
      });
      window.sides = () => sides.map((ear) => {
        const samples = new Float32Array(ear.fftSize);
        ear.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
      });
    }
    return connect.call(this, target, ...rest);
  };
  window.loudness = () =>
    Math.sqrt(window.heard().reduce((sum, sample) => sum + sample ** 2, 0) / 32768);`;

export const launch = () => {
  const { executablePath, env } = findChromium();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
};

/** Open the studio; `complaints` collects console errors, page errors and foreign requests. */
export const openStudio = async (browser, url, { scheme = "dark", viewport = DESKTOP } = {}) => {
  const context = await browser.newContext({
    viewport,
    colorScheme: scheme,
    acceptDownloads: true,
    hasTouch: viewport.width < 500,
  });
  await context.addInitScript(TAP);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== url) complaints.push(`foreign: ${request.url()}`);
  });
  return { context, page, complaints };
};

export const assertQuiet = (complaints) => assert.deepEqual(complaints, []);

export const screenshot = async (page, name) => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
};

/** What the API answers the person whose page this is. */
export const askApi = (page, query, variables) =>
  page.evaluate(
    async ([query, variables]) => {
      const { token } = await (await fetch("/api/v1/dev/token")).json();
      const answer = await fetch("/graphql", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()).data;
    },
    [query, variables],
  );

/** Say a sentence on the first page and arrive at its song. */
export const ask = async (page, url, prompt) => {
  await page.goto(`${url}/`);
  await page.getByLabel("What should the song be?").fill(prompt);
  await page.getByRole("button", { name: "Make the song" }).click();
  await page.waitForURL(/\/songs\//);
  return page.url().split("/").at(-1);
};

export const finished = (page) =>
  page.getByRole("slider", { name: "Position in the song" }).waitFor({ timeout: SONG_TIMEOUT_MS });
