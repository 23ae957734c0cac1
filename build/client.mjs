// @ts-check
/** `npm run client`: writes client/dist, what `holdall-client` publishes. */
import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each is an entry of client/package.json. */
export const CLIENT_ENTRIES = ["index", "local-store", "remote-storage"];

/** @param {string} outdir is emptied first */
export async function buildClient(outdir = join(ROOT, "client", "dist")) {
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: CLIENT_ENTRIES.map((name) => `client/src/${name}.ts`),
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    // Modules are read as UTF-8 wherever they come from.
    charset: "utf8",
    target: ["chrome148", "firefox140"],
    logLevel: "silent",
  });
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", "client/tsconfig.json", "--outDir", outdir], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout);
  for (const name of (await readdir(outdir)).filter((file) => file.endsWith(".d.ts"))) {
    const types = await readFile(join(outdir, name), "utf8");
    await writeFile(join(outdir, name), types.replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"'));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildClient();
