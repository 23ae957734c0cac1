import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUDGETS } from "../../build/bundles.mjs";
import { bundledPackages } from "../../build/licences.mjs";
import { LOOPBACK_HOSTS } from "../../build/manifest.mjs";
import { BROWSERS, build } from "../../build.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { parseSource, walk } from "./source-graph.ts";

const PROFILE = { holdall: 2, name: "Local" };

describe.each(BROWSERS)("the build for %s", (browser) => {
  let folder: string;
  let metafile: Metafile;
  const release = () => join(folder, "release");
  const backgroundScripts = () =>
    Object.keys(metafile.outputs)
      .map((path) => basename(path))
      .filter((name) => !/^(popup|app|consent|offscreen|inject|content|page)\b/.test(name));
  const read = (name: string) => readFile(join(release(), name), "utf8");

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "holdall-build-"));
    metafile = await build({ browser, outdir: release() });
    await build({ browser, outdir: join(folder, "again") });
    await build({ browser, outdir: join(folder, "local"), localProfiles: [PROFILE] });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("has the files that its manifest and pages name", async () => {
    const files = await readdir(release(), { recursive: true });
    const manifest = JSON.parse(await read("manifest.json"));
    const named = [
      manifest.action.default_popup,
      manifest.options_ui.page.split("#")[0],
      ...(manifest.storage ? [manifest.storage.managed_schema] : []),
      manifest.background.service_worker ?? manifest.background.scripts[0],
      ...Object.values<string>(manifest.icons),
      ...Object.values<string>(manifest.action.default_icon),
    ];
    const pages = files.filter((name) => name.endsWith(".html"));
    for (const page of pages) {
      for (const [, file = ""] of (await read(page)).matchAll(/(?:src|href)="([^"#][^"]*)"/g))
        named.push(file.replace(/^\//, ""));
    }
    for (const name of named) expect(files).toContain(name);
    expect(pages.sort()).toEqual(
      browser === "chromium"
        ? ["app.html", "consent.html", "offscreen.html", "popup.html"]
        : ["app.html", "consent.html", "popup.html"],
    );
  });

  test("no page loads a script or a style from elsewhere, or has one of its own", async () => {
    for (const page of (await readdir(release())).filter((name) => name.endsWith(".html"))) {
      const html = await read(page);
      expect(html).not.toMatch(/https?:\/\//);
      expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    }
  });

  test.each(Object.entries(BUDGETS))("%s.js keeps within %i KB", async (name, budget) => {
    // What has a budget of its own is late: most wakings need none of it.
    const late = Object.keys(BUDGETS).filter((other) => other !== "background");
    const always = backgroundScripts().filter((script) => !late.includes(script.replace(/\.js$/, "")));
    const entries = name === "background" ? always : name === "site" ? ["content.js", "page.js"] : [`${name}.js`];
    let bytes = 0;
    for (const file of entries.flatMap((entry) => loadedAtOnce(metafile, entry))) {
      bytes += gzipSync(await readFile(join(release(), file)), { level: 9 }).length;
    }
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes / 1000).toBeLessThanOrEqual(budget);
  });

  test("the AWS SDK and oauth4webapi are in the background's scripts alone", () => {
    const inside = [];
    for (const [output, packages] of packagesByOutput(metafile)) {
      const secretive = packages.filter((name) => /node_modules\/(@aws-sdk|@smithy|oauth4webapi)/.test(name));
      if (backgroundScripts().includes(basename(output))) inside.push(...secretive);
      else expect([output, secretive]).toEqual([output, []]);
    }
    for (const name of ["oauth4webapi", "@aws-sdk/client-s3"]) expect(inside).toContain(`node_modules/${name}`);
  });

  test("nothing of the local AWS and nothing under a copyleft licence is bundled", async () => {
    expect(Object.keys(metafile.inputs).filter((path) => /^(local|test|scripts)\//.test(path))).toEqual([]);
    for (const folder of bundledPackages(metafile)) {
      const { name, license } = JSON.parse(await readFile(join(ROOT, folder, "package.json"), "utf8"));
      expect([name, license]).toEqual([
        name,
        expect.stringMatching(/^(MIT|Apache-2\.0|ISC|BSD-[23]-Clause|0BSD|MPL-2\.0)$/),
      ]);
    }
    expect(await read("licences.txt")).toContain("Apache License");
  });

  test("the background's scripts are flat, without what a worker lacks", async () => {
    for (const name of backgroundScripts()) {
      const code = await read(name);
      // Firefox's event page is a page: it may import() what it needs late.
      const late = browser === "firefox" && name === "background.js" ? 1 : 0;
      expect([name, importsIn(code)]).toEqual([name, late]);
      expect([name, code.includes("DOMParser")]).toEqual([name, false]);
    }
  });

  test("no code is made of text, and no source map is left", async () => {
    for (const name of (await readdir(release())).filter((file) => /\.(js|css)$/.test(file))) {
      const code = await read(name);
      for (const wrong of [/\beval\s*\(/, /\bnew Function\b/, /sourceMappingURL/]) {
        expect([name, wrong, wrong.test(code)]).toEqual([name, wrong, false]);
      }
    }
  });

  test("is the same each time", async () => {
    expect(await contentsOf(join(folder, "again"))).toEqual(await contentsOf(release()));
  });

  test("for local use differs by loopback hosts and its profile alone", async () => {
    const released = await contentsOf(release());
    const local = await contentsOf(join(folder, "local"));
    expect(JSON.parse(released.get("profiles.json") ?? "")).toEqual([]);
    expect(JSON.parse(local.get("profiles.json") ?? "")).toEqual([PROFILE]);
    const manifest = JSON.parse(released.get("manifest.json") ?? "");
    expect(JSON.parse(local.get("manifest.json") ?? "")).toEqual({
      ...manifest,
      host_permissions: [...manifest.host_permissions, ...LOOPBACK_HOSTS],
    });
    for (const contents of [released, local])
      for (const name of ["profiles.json", "manifest.json"]) contents.delete(name);
    expect(local).toEqual(released);
  });

  test("no release has a word of the machine it was built on", async () => {
    for (const [name, content] of await contentsOf(release()))
      expect([name, content.includes(ROOT)]).toEqual([name, false]);
  });
});

function importsIn(code: string): number {
  let imports = 0;
  walk(parseSource("background.js", code).tree, ({ type }) => {
    if (/^(Import|Export)/.test(type)) imports += 1;
  });
  return imports;
}

/** Names of a script and of the chunks that it imports with `import … from`, and those in their turn. */
function loadedAtOnce({ outputs }: Metafile, entry: string): string[] {
  const paths = [Object.keys(outputs).find((path) => basename(path) === entry) ?? entry];
  for (const path of paths) {
    for (const { path: chunk, kind } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && !paths.includes(chunk)) paths.push(chunk);
    }
  }
  return paths.map((path) => basename(path));
}

async function contentsOf(folder: string): Promise<Map<string, string>> {
  const entries = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  const contents = await Promise.all(
    entries.map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), await readFile(path, "latin1")];
    }),
  );
  return new Map(contents.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function packagesByOutput({ inputs, outputs }: Metafile): [output: string, packages: string[]][] {
  return Object.entries(outputs).map(([name, output]) => [
    name,
    bundledPackages({ inputs, outputs: { [name]: output } }),
  ]);
}
