import type { BrowserName } from "../support/extension-browser.ts";
import type { Act, Fault, Plan } from "./plan.ts";
import type { Random } from "./random.ts";

const OPERATIONS = [
  "UploadPart",
  "UploadPart",
  "UploadPart",
  "PutObject",
  "PutObject",
  "CreateMultipartUpload",
  "CompleteMultipartUpload",
  "CompleteMultipartUpload",
  "ListParts",
  "HeadObject",
  "GetObject",
  "AbortMultipartUpload",
  "AssumeRoleWithWebIdentity",
  "token",
  "*",
] as const;

/** What goes wrong, and when. */
export function makeFaults(random: Random, browser: BrowserName, span: number): Plan["acts"] {
  const acts: Plan["acts"] = [];
  const at = () => random.between(0, span);
  const add = (act: Act, when = at()) => acts.push({ at: when, act });
  for (const fault of slowness(random)) add({ type: "fault", fault }, 0);
  for (let count = random.between(0, 4); count > 0; count--) add({ type: "fault", fault: networkFault(random) });
  if (random.chance(0.25)) add({ type: "fault", fault: spoiltCompletion(random) }, 0);
  for (let count = random.pick([0, 1, 1, 1, 2, 2, 3]); count > 0; count--) {
    add(kill(random, browser), random.between(100, span * 1.4));
  }
  if (random.chance(0.25)) add({ type: "expire-sessions" });
  if (random.chance(0.1)) add({ type: "sign-out", signIn: random.chance(0.5) });
  if (random.chance(0.1)) add({ type: "end-upload" });
  return acts;
}

/** Loopback is too quick to be interrupted in mid-part: most runs are slowed, for as long as faults last. */
function slowness(random: Random): Fault[] {
  const ms = random.pick([0, 150, 400, 900]);
  const bytesPerSecond = random.pick([4, 8, 16, 32]) * 1_000_000;
  const slow = (operation: string, delay: number): Fault => ({ operation, kind: "delay", ms: delay, count: null });
  return random.weighted<Fault[]>([
    [1, []],
    [3, [slow("UploadPart", ms), slow("PutObject", ms >> 1), slow("GetObject", ms >> 1)]],
    [
      3,
      ["UploadPart", "PutObject", "GetObject"].map((operation) => ({
        operation,
        kind: "slow",
        bytesPerSecond,
        count: null,
      })),
    ],
  ]);
}

function networkFault(random: Random): Fault {
  // Some hit the next requests, some a share of all.
  const extent: Record<string, unknown> = random.chance(0.6)
    ? { count: random.between(1, 4) }
    : { count: null, probability: random.between(5, 25) / 100, seed: random.between(1, 1_000_000) };
  const fault = random.weighted<Record<string, unknown> & { kind: string }>([
    [3, { kind: "cutBefore" }],
    [4, { kind: "cutBefore", afterBytes: [0, 8_000_000] }],
    [4, { kind: "cutAfter" }],
    [2, { kind: "cutAfter", afterBytes: [0, 200_000] }],
    [2, { kind: "truncate" }],
    [2, { kind: "delay", ms: random.between(200, 2500) }],
    [3, { kind: "error", status: 500, code: "InternalError" }],
    [3, { kind: "error", status: 503, code: "SlowDown" }],
    [2, { kind: "throttle" }],
  ]);
  return { operation: random.pick(OPERATIONS), ...fault, ...extent };
}

/** Completions come late in a run, so this one waits for them from the beginning. */
function spoiltCompletion(random: Random): Fault {
  const kind = random.pick([
    // S3 begins its answer before it knows how it ends.
    { kind: "error", status: 200, code: "InternalError" },
    { kind: "error", status: 500, code: "InternalError" },
    { kind: "cutAfter" },
    { kind: "truncate" },
  ]);
  return { operation: "CompleteMultipartUpload", ...kind, count: random.between(1, 3) };
}

function kill(random: Random, browser: BrowserName): Act {
  const whole: Act = { type: "kill-browser", signIn: random.chance(0.6) };
  if (browser === "firefox") return random.chance(0.5) ? whole : { type: "kill-host" };
  return random.weighted<Act>([
    [4, whole],
    [3, { type: "kill-worker" }],
    [3, { type: "kill-host" }],
  ]);
}
