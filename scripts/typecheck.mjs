// @ts-check
/** Type-checks everything. The worker's part has a configuration of its own, without the DOM's types. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./ensure-dependencies.mjs";

const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

for (const config of ["tsconfig.json", "src/background/tsconfig.json"]) {
  const { status } = spawnSync(process.execPath, [TSC, "-p", config], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
