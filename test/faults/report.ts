import type { RunResult } from "./one-run.ts";
import type { Plan } from "./plan.ts";

export interface Totals {
  seed: number;
  runs: number;
  lost: number;
  corrupt: number;
  falselyDone: number;
  orphans: number;
  resentParts: number;
  doubled: number;
  /** Secrets found on disk. */
  secrets: number;
  /** Runs that broke off. */
  broken: number;
  unknowable: number;
  transfers: number;
  kills: number;
  faults: number;
  /** Seeds of the runs that were not good. */
  failures: number[];
}

export function noTotals(seed: number): Totals {
  const nothing = {
    lost: 0,
    corrupt: 0,
    falselyDone: 0,
    orphans: 0,
    resentParts: 0,
    doubled: 0,
    secrets: 0,
    broken: 0,
  };
  return { seed, runs: 0, ...nothing, unknowable: 0, transfers: 0, kills: 0, faults: 0, failures: [] };
}

/** Whether nothing was lost, changed, left behind or told wrongly. */
export function isGood(totals: Totals): boolean {
  const { lost, corrupt, falselyDone, orphans, resentParts, doubled, secrets, broken } = totals;
  return lost + corrupt + falselyDone + orphans + resentParts + doubled + secrets + broken === 0;
}

export function addRun(totals: Totals, { run, verdict }: RunResult): void {
  totals.runs += 1;
  totals.transfers += run.tracked.length;
  totals.faults += run.faults;
  totals.kills += run.kills.worker + run.kills.host + run.kills.browser;
  totals.lost += verdict.lost.length;
  totals.corrupt += verdict.corrupt.length;
  totals.falselyDone += verdict.falselyDone.length;
  totals.orphans += verdict.orphans.length;
  totals.resentParts += verdict.resentParts.length;
  totals.doubled += verdict.doubled.length;
  totals.unknowable += verdict.unknowable;
  if (!isGoodRun({ verdict })) totals.failures.push(run.plan.seed);
}

export function isGoodRun({ verdict }: Pick<RunResult, "verdict">): boolean {
  const { unknowable: _, ...bad } = verdict;
  return Object.values(bad).every((list) => list.length === 0);
}

const columns = [10, 9, 10, 7, 14, 8] as const;

export const header = row(["seed", "browser", "transfers", "faults", "kills (w/h/b)", "seconds", "verdict"]);

export function runLines(result: RunResult, verbose: boolean): string[] {
  const { run, verdict, seconds } = result;
  const { seed, browser } = run.plan;
  const { worker, host, browser: whole } = run.kills;
  const cells = [seed, browser, run.tracked.length, run.faults, `${worker}/${host}/${whole}`, seconds.toFixed(1)];
  const good = isGoodRun(result);
  const lines = [row([...cells.map(String), good ? "good" : "BAD"])];
  if (!good) {
    for (const [what, found] of Object.entries(verdict)) {
      if (Array.isArray(found)) lines.push(...found.map((name) => `    ${what}: ${name}`));
      else if (found > 0) lines.push(`    ${what}: ${found}`);
    }
  }
  return good && !verbose ? lines : [...lines, ...run.notes.map((text) => `    note: ${text}`)];
}

export function brokenLines({ seed, browser }: Plan, error: unknown): string[] {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    row([String(seed), browser, "", "", "", "", "BROKE OFF"]),
    ...reason.split("\n").map((line) => `    ${line}`),
  ];
}

function row(cells: string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(columns[index] ?? 0))
    .join(" ")
    .trimEnd();
}
