/**
 * `node scripts/run.mjs local/main.ts --json`: runs a TypeScript file in this very process, so that signals reach it directly.
 * On a fresh clone it installs first; all of npm's output goes to stderr, since the program owns stdout.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { endWithNpm } from "./end-with-npm.mjs";
import { ensureDependencies } from "./ensure-dependencies.mjs";

const [script, ...words] = process.argv.slice(2);
if (script === undefined) {
  process.stderr.write("Usage: node scripts/run.mjs FILE.ts [arguments]\n");
  process.exit(2);
}
try {
  await ensureDependencies();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
endWithNpm();
const file = resolve(script);
process.argv = [process.execPath, file, ...words];
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(file).href);
