import { rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "./extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "./launch-extension.ts";
import { PersonOnPage } from "./person-on-page.ts";
import { writeProbeExtension } from "./probe-extension.ts";

const PAGE = `<!doctype html><meta charset="utf-8">
  <label for="key">Sort key</label> <input id="key" value="old">
  <button aria-label="Save report.pdf" id="save">x</button>
  <button disabled>Later</button>
  <input type="file" id="files" aria-label="Choose files">
  <p id="told"></p> <p hidden>Secret</p>
  <script src="told.js"></script>`;

const SCRIPT = `
  const tell = (text) => { document.getElementById("told").textContent = text; };
  document.getElementById("save").onclick = () => setTimeout(() => tell("Saved " + document.getElementById("key").value), 200);
  document.getElementById("files").onchange = (event) => tell("Got " + event.target.files[0].name);`;

describe.each(BROWSER_NAMES)("a person on a page of %s", (name) => {
  let extension: string;
  let browser: ExtensionBrowser;
  let person: PersonOnPage;

  beforeAll(async () => {
    extension = await writeProbeExtension(name);
    await writeFile(`${extension}/person.html`, PAGE);
    await writeFile(`${extension}/told.js`, SCRIPT);
    browser = await launchExtension(name, { extension });
    person = new PersonOnPage(await browser.openExtensionPage("/person.html"));
  });
  afterAll(async () => {
    await browser?.dispose();
    await rm(extension, { recursive: true, force: true });
  });

  test("fills fields by label and clicks by name", async () => {
    await person.fill("Sort key", "new — ключ");
    expect(await person.value("Sort key")).toBe("new — ключ");
    await person.click("Save report.pdf");
    await person.sees("Saved new — ключ");
  });

  test("picks files", async () => {
    await person.pick("Choose files", `${extension}/person.html`);
    await person.sees("Got person.html");
    await person.seesNo("Saved");
  });

  test("does not see what is hidden, and says what it saw instead", async () => {
    await expect(person.sees("Secret", 200)).rejects.toThrow(/"Secret", on .*Got person\.html/);
  });
});
