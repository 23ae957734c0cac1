// @ts-check
// `npm start`. The first import that needs an installed package comes after the installation.
import { endWithNpm } from "./end-with-npm.mjs";
import { ensureDependencies } from "./ensure-dependencies.mjs";

endWithNpm();
try {
  await ensureDependencies();
  const { start } = await import("./start/session.mjs");
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
