// @ts-check
// `npm test`. The first import that needs an installed package comes after the installation.
import { ensureDependencies } from "./ensure-dependencies.mjs";

try {
  await ensureDependencies();
  const { runTests } = await import("./test/run-tests.mjs");
  process.exitCode = await runTests(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
