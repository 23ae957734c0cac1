/** Everything that docs/naming.md says templates give, they give. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../../scripts/ensure-dependencies.mjs";
import { captureKinds, defaultCaptureSettings } from "../../../src/messaging/captures-view.ts";
import { checkTemplate } from "../../../src/shared/naming/check-template.ts";
import { nameCapture } from "../../../src/shared/naming/name-capture.ts";
import { siteMatches } from "../../../src/shared/naming/site-matches.ts";
import { type CaptureFacts, variableNames } from "../../../src/shared/naming/variables.ts";

const guide = await readFile(join(ROOT, "docs/naming.md"), "utf8");

const example: CaptureFacts = {
  kind: "image",
  url: "https://cdn.example.net/img/Blue%20Door.jpeg",
  page: "https://blog.example.com/2026/Doors%20of%20Rome.html",
  title: "Doors of Rome – a walk",
  name: "Blue Door",
  site: "blog.example.com",
  type: "image/jpeg",
  extension: "jpg",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  at: Date.UTC(2026, 2, 1, 0, 30, 5),
  id: "01ARYZ6S41TSV4RRFFQ69G5FAV",
  counter: 7,
};

const named = (template: string) => nameCapture({ rules: [], fallback: { template, ifExists: "ask" } }, example).path;

describe("the guide to names", () => {
  let zone: string | undefined;
  beforeAll(() => {
    zone = process.env.TZ;
    process.env.TZ = "America/New_York";
  });
  afterAll(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("shows the default and what it gives", () => {
    expect(guide).toContain(`\n${defaultCaptureSettings.fallback.template}\n`);
    expect(guide).toContain(`\`${named(defaultCaptureSettings.fallback.template)}\``);
    expect(guide).toContain(example.url);
    expect(guide).toContain(example.page);
  });

  it("has every variable, with its value", () => {
    const rows = tableAfter("## Variables");
    expect(rows.map(([variable]) => variable)).toEqual(variableNames.map((name) => `<${name}>`));
    for (const [variable = "", , value = ""] of rows) {
      expect([variable, named(`${variable}-.<ext>`)]).toEqual([variable, `${value}-.jpg`]);
    }
    const kinds = rows.find(([variable]) => variable === "<kind>")?.[1] ?? "";
    expect(kinds.match(/[a-z-]+(?=`)/g)).toEqual([...captureKinds]);
  });

  it("has examples that are true", () => {
    const rows = tableAfter("## Examples");
    expect(rows.length).toBeGreaterThan(5);
    for (const [template = "", path = ""] of rows) expect([template, named(template)]).toEqual([template, path]);
  });

  it("has templates that are refused", () => {
    const rows = tableAfter("These are refused");
    expect(rows.length).toBeGreaterThan(5);
    for (const [template = ""] of rows) expect(() => checkTemplate(template), template).toThrow("capture-template");
  });

  it("says which sites a rule matches", () => {
    const rows = tableAfter("## Rules");
    const sites = [...new Set(rows.flatMap(([, sites = ""]) => sites.match(/[a-z.]+\.com/g) ?? []))];
    expect(sites).toHaveLength(3);
    for (const [rule = "", matched = ""] of rows) {
      for (const site of sites) {
        const said = rule === "(empty)" || matched.split(/[^a-z.]+/).includes(site);
        expect([rule, site, siteMatches(rule === "(empty)" ? "" : rule, site)]).toEqual([rule, site, said]);
      }
    }
  });
});

/** Cells of the table's body. Those that are code alone come without the marks. */
function tableAfter(heading: string): string[][] {
  const [, rest = ""] = guide.split(heading);
  const [table = ""] = /^\|.*\|\n(?:\|.*\|\n)+/m.exec(rest) ?? [];
  return table
    .trim()
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) =>
          cell
            .trim()
            .replaceAll("\\|", "|")
            .replace(/^`([^`]*)`$/, "$1"),
        ),
    );
}
