import type { BrowserName } from "../support/extension-browser.ts";
import type { FaultArguments } from "./arguments.ts";
import { oneRun } from "./one-run.ts";
import { makePlan } from "./plan.ts";
import { addRun, brokenLines, isGoodRun, noTotals, runLines, type Totals } from "./report.ts";
import { Stage } from "./stage.ts";

/** After so many runs a stage is closed and its profile searched for secrets. */
const runsOfStage = 25;

/** Runs one plan after another. Each browser keeps its world and profile from run to run, until one goes wrong. */
export async function runSeeds(
  { runs, seed, browser, verbose }: FaultArguments,
  print: (line: string) => void,
): Promise<Totals> {
  const totals = noTotals(seed);
  const stages = new Map<BrowserName, { stage: Stage; runs: number }>();
  const close = async (name: BrowserName) => {
    const open = stages.get(name);
    stages.delete(name);
    if (!open) return;
    const found = await open.stage.close();
    totals.secrets += found.length;
    for (const { secret, file, spelling } of found) print(`    ${name}: ${secret} lies in ${file} (${spelling})`);
  };
  const end = async () => {
    await Stage.endAll();
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, end);
  try {
    for (let current = seed; current < seed + runs; current++) {
      const name = browser ?? (current % 2 === 0 ? "chromium" : "firefox");
      const plan = makePlan(current, name);
      let clean = false;
      try {
        const open = stages.get(name) ?? { stage: await Stage.open(name), runs: 0 };
        stages.set(name, open);
        open.runs += 1;
        const result = await oneRun(plan, open.stage);
        addRun(totals, result);
        for (const line of runLines(result, verbose)) print(line);
        clean = isGoodRun(result) && open.runs < runsOfStage;
      } catch (error) {
        totals.broken += 1;
        totals.failures.push(current);
        for (const line of brokenLines(plan, error)) print(line);
      }
      if (!clean) await close(name);
    }
  } finally {
    for (const name of [...stages.keys()]) await close(name);
  }
  return totals;
}
