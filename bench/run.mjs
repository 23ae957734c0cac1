// @ts-check
/**
 * `npm run bench`: measures Holdall beside others, in one run on one machine.
 *
 *   --only ID,…   these rows alone      --quick   fewer repetitions: for a look, not for a record
 *   --json        one JSON object in place of the table      --list   the ids
 *
 * Leaves 1 when a row misses its limit or could not be measured.
 */
import { parseBenchArguments, USAGE } from "./lib/bench-arguments.mjs";
import { installPeers } from "./lib/install-peers.mjs";

async function main() {
  const options = parseBenchArguments(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  await installPeers();
  // Only now: these import what was just installed, and what the tests are made of, which is TypeScript.
  const { register } = await import("tsx/esm/api");
  register();
  const { groupsOf, GROUPS } = await import("./lib/groups.mjs");
  if (options.list) return console.log(GROUPS.flatMap(({ ids }) => ids).join("\n"));
  const { runGroups } = await import("./lib/run-groups.mjs");
  const { machine } = await import("./lib/machine.mjs");
  const { tableOf } = await import("./lib/table.mjs");

  const groups = groupsOf(options.only);
  const described = machine();
  if (described.load > described.cores) console.error(`This machine is busy (load ${described.load}): expect noise.`);
  const rows = await runGroups(groups, options);
  console.log(options.json ? JSON.stringify({ machine: described, rows }) : tableOf(described, rows));
  if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
}

await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
