import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { beginRun, type FaultRun, note } from "./fault-run.ts";
import { judge, type Verdict } from "./judge.ts";
import { performPlan } from "./perform.ts";
import type { Plan } from "./plan.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";
import { watchRun } from "./watch.ts";
import { writePicked } from "./wishes.ts";

export interface RunResult {
  run: FaultRun;
  verdict: Verdict;
  seconds: number;
}

/** Carries a plan out, lets everything come to its end, and judges. The stage is clean afterwards when the verdict is good. */
export async function oneRun(plan: Plan, stage: Stage): Promise<RunResult> {
  const begun = performance.now();
  await stage.world.control("DELETE", "/requests");
  const run = beginRun(plan, stage, await readdir(stage.downloadDir));
  await writePicked(run);
  for (const file of [...plan.saves, ...plan.archive]) await stage.outside.put(file.path, file);
  const watching = watchRun(run);
  try {
    await performPlan(run);
    await lingered(run);
  } finally {
    await watching.stop();
  }
  await stage.clearFaults();
  await settle(run);
  const verdict = await judge(run);
  await tidy(run);
  return { run, verdict, seconds: (performance.now() - begun) / 1000 };
}

/** Faults go on for a while, unless all has ended before. */
async function lingered({ plan, tracked }: FaultRun): Promise<void> {
  const end = performance.now() + plan.linger;
  while (performance.now() < end && !tracked.every(({ row }) => row?.state === "done")) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** So that the next run begins with an empty list and empty folders. */
async function tidy({ stage, plan, ...run }: FaultRun): Promise<void> {
  await stage
    .order("transfers.dismiss", { which: "ended" })
    .catch((error) => note({ stage, plan, ...run }, "tidy", error));
  for (const folder of [stage.downloadDir, stage.pickedPath("")]) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
