/** Compares what the run left behind with what was wished for, from outside. */
import type { LoggedRequest } from "../../local/control/request-log.ts";
import { expectedSums } from "./bytes.ts";
import type { FaultRun } from "./fault-run.ts";
import { note } from "./fault-run.ts";
import type { HeldUpload, StoredVersion } from "./outside.ts";
import type { PlannedFile } from "./plan.ts";
import { resentParts } from "./resent-parts.ts";
import { savedIsThere } from "./saved-files.ts";
import { isNameOf, nameOf, type Tracked } from "./tracked.ts";

/** Each list names what it is about; all of them are empty after a good run. */
export interface Verdict {
  lost: string[];
  corrupt: string[];
  falselyDone: string[];
  /** Keys of multipart uploads that nobody will end. */
  orphans: string[];
  /** Uploads that made more than one version, though each was to be made only where there is none. */
  doubled: string[];
  /** Parts that S3 had acknowledged and got again. */
  resentParts: string[];
  /** Multipart uploads whose id nobody can know: no answer to their creation went out, or the browser was killed while it did. */
  unknowable: number;
}

/** Milliseconds for what was cancelled to be cleared up by the extension. */
const clearingUp = 15_000;

/** Milliseconds that an answer may take from the server's hands to the journal's disk, in a browser that is busy. */
const underWay = 400;

export async function judge(run: FaultRun): Promise<Verdict> {
  const held = await heldUploads(run);
  const orphans = held.filter((upload) => !upload.unknowable);
  const resent = await resentParts(run);
  const verdict: Verdict = {
    lost: [],
    corrupt: [],
    falselyDone: [...run.falselyDone],
    orphans: orphans.map(({ key }) => key),
    doubled: [],
    resentParts: resent.map(({ key, part }) => `${key} ${part}`),
    unknowable: held.length - orphans.length,
  };
  await judgeUploads(run, verdict);
  for (const one of run.tracked) {
    if (one.wish.kind === "upload") continue;
    if (one.row?.state !== "done") verdict.lost.push(describe(one));
    else if (!(await savedIsThere(run, one.wish))) verdict.falselyDone.push(nameOf(one));
  }
  verdict.falselyDone = [...new Set(verdict.falselyDone)];
  const { identity } = run.stage.outside;
  const doubtful = [...verdict.doubled, ...verdict.corrupt, ...verdict.falselyDone].map(
    (path) => `${identity}/${path}`,
  );
  const keys = new Set([...verdict.orphans, ...resent.map(({ key }) => key), ...doubtful]);
  for (const key of keys) note(run, `${key}: ${await requestsOf(run, key)}`);
  return verdict;
}

/** What the server saw of a key, and the kills: milliseconds since the first of it, operation, part, status, how long it took. */
async function requestsOf({ stage, killedAt }: FaultRun, key: string): Promise<string> {
  const log = (await stage.world.control("GET", "/requests")) as LoggedRequest[];
  const mine = log.filter((entry) => entry.key === key);
  const first = Math.min(...mine.map(({ at }) => at));
  const told = mine.map(({ at, ms, operation, partNumber, uploadId, status, code }) => {
    const what = [operation, uploadId?.slice(-4), partNumber, status, code, `${ms} ms`];
    return { at, what: what.filter((part) => part !== undefined && part !== null).join(" ") };
  });
  return [...told, ...killedAt]
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => `+${at - first} ${what}`)
    .join("; ");
}

async function judgeUploads(run: FaultRun, verdict: Verdict): Promise<void> {
  const { outside } = run.stage;
  const versions = (await outside.versions(run.plan.folder)).filter(
    ({ path }) => !path.startsWith(`${run.plan.folder}stored/`),
  );
  const owners = new Map<StoredVersion, PlannedFile>();
  for (const version of versions) {
    const sha256 = await outside.digest(version);
    // Empty files are all alike: the name tells them apart.
    const alike = run.plan.files.filter((one) => one.size === version.size && expectedSums(one).sha256 === sha256);
    const file = alike.find(({ path }) => isNameOf(path, version.path)) ?? alike[0];
    if (file === undefined) verdict.corrupt.push(version.path);
    else owners.set(version, file);
  }
  for (const one of run.tracked) {
    if (one.wish.kind !== "upload") continue;
    const { file } = one.wish;
    const own = versions.filter((version) => owners.get(version) === file);
    // Browsers send a PUT again by themselves when a connection ends early; nothing but a condition stops the second one.
    // What another file replaced meanwhile is rightly sent once more, under the next name.
    const replaced = run.plan.files.some(({ path, ifExists }) => path === file.path && ifExists === "replace");
    if (own.length > 1 && !replaced) verdict.doubled.push(nameOf(one));
    const state = one.row?.state;
    if (state === "cancelled" && file.cancels) continue;
    if (state !== "done") verdict.lost.push(describe(one));
    // Written over by another file, unless that was asked for, is not there either.
    else if (!own.some(({ path, latest }) => path === one.row?.path && (latest || replaced))) {
      const other = versions.some(({ path }) => path === one.row?.path);
      (other ? verdict.corrupt : verdict.falselyDone).push(nameOf(one));
    }
  }
}

const describe = (one: Tracked) =>
  `${nameOf(one)}: ${one.row === null ? "not in the list" : `${one.row.state} ${JSON.stringify(one.row.error)}`}`;

/** Those of the run that are still there when the extension has had time to end them. They are ended here then. */
async function heldUploads(run: FaultRun): Promise<(HeldUpload & { unknowable: boolean })[]> {
  const { outside } = run.stage;
  const log = (await run.stage.world.control("GET", "/requests")) as LoggedRequest[];
  const ofRun = async () =>
    (await outside.uploads())
      .filter(({ key }) => key.includes(`/${run.plan.folder}`))
      .map((upload) => ({ ...upload, unknowable: isUnknowable(run, upload, log) }));
  const end = performance.now() + clearingUp;
  let held = await ofRun();
  while (held.some(({ unknowable }) => !unknowable) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    held = await ofRun();
  }
  for (const upload of held) await outside.endUpload(upload);
  const { leftovers } = (await run.stage.view()).transfers.totals;
  if (leftovers > 0) note(run, `the journal still names ${leftovers} multipart uploads`);
  return held;
}

/** Nobody was told of it; or who was told was killed at that moment, and no part of it ever came. */
function isUnknowable(run: FaultRun, { answered, uploadId, initiated }: HeldUpload, log: LoggedRequest[]): boolean {
  if (answered === false) return true;
  if (log.some((request) => request.uploadId === uploadId)) return false;
  const deadly = run.killedAt.filter(({ what }) => what !== "KILL-WORKER");
  return deadly.some(({ at, end }) => at - underWay <= initiated && initiated <= end);
}
