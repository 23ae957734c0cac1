/**
 * `npm run faults -- [--runs 20] [--seed N] [--browser chromium|firefox] [--json] [--verbose]`
 *
 * Transfers in real browsers against the local AWS, while everything is killed, cut, delayed, refused and signed out. What a
 * run does follows from its seed: run i has seed N + i, and `--seed N+i --runs 1` does it once more. The exit code is 1
 * unless every byte is where it should be.
 */
import { readArguments } from "./arguments.ts";
import { header, isGood } from "./report.ts";
import { runSeeds } from "./run-seeds.ts";

try {
  const options = readArguments(process.argv.slice(2));
  const print = (line: string) => (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  print(`seed ${options.seed}, ${options.runs} runs`);
  print(header);
  const totals = await runSeeds(options, print);
  if (options.json) process.stdout.write(`${JSON.stringify(totals)}\n`);
  else
    print(
      Object.entries(totals)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    );
  process.exitCode = isGood(totals) ? 0 : 1;
} catch (error) {
  process.stderr.write(
    `${error instanceof TypeError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 2;
}
