/** The page for authors of sites says what the background checks. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { renderReference } from "../../scripts/reference/render-reference.ts";
import { siteMethods } from "../../src/messaging/site-methods.ts";
import { siteErrorCodes } from "../../src/shared/site/site-error.ts";

const read = (path: string) => readFile(join(ROOT, path), "utf8");

test("docs/sites/reference.md is what `npm run reference` writes", async () => {
  expect(await read("docs/sites/reference.md")).toBe(renderReference(await read("client/src/types.ts")));
});

test("it names every method and every code", async () => {
  const page = await read("docs/sites/reference.md");
  for (const name of Object.keys(siteMethods)) expect(page).toContain(`### ${name}\n`);
  for (const code of Object.keys(siteErrorCodes)) expect(page).toContain(`| \`${code}\` |`);
});

test("the examples are one file each, and fetch nothing", async () => {
  for (const name of ["notes.html", "photo-box.html"]) {
    const page = await read(`docs/examples/${name}`);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\/|<script[^>]+src=|<link rel="stylesheet"|\bimport\b.*from/);
    expect(page).toContain("light-dark(");
    JSON.parse(await read(`docs/examples/${name.replace(".html", ".holdall.json")}`));
  }
});
