import type { LoggedRequest } from "../../local/control/request-log.ts";
import type { FaultRun } from "./fault-run.ts";

type Logged = Pick<LoggedRequest, "operation" | "status" | "at" | "ms" | "key" | "uploadId" | "partNumber">;

export interface Resent {
  key: string;
  /** The end of the upload id, and the part number. */
  part: string;
}

const nameOf = ({ key = "", uploadId = "", partNumber }: Logged): Resent => ({
  key,
  part: `${uploadId.slice(-4)} ${partNumber}`,
});

/**
 * Parts of a run that S3 got again after it had acknowledged them. Counted too: those of an upload that was given up for
 * another one of the same key, unless it was ended from outside, or two files have that name.
 */
export async function resentParts({ plan, stage, endedKeys, killedAt }: FaultRun): Promise<Resent[]> {
  const log = (await stage.world.control("GET", "/requests")) as LoggedRequest[];
  const single = plan.files.filter(({ path, index }) =>
    plan.files.every((one) => one.index === index || one.path !== path),
  );
  const keys = new Set(single.map(({ path }) => `${stage.outside.identity}/${path}`));
  for (const key of endedKeys) keys.delete(key);
  const hosts = killedAt.filter(({ what }) => what === "KILL-HOST");
  return [...sentAgain(log, hosts), ...givenUp(log, keys)];
}

/** Milliseconds that an answer may take to who asked, in a browser that is busy. */
const onItsWay = 200;

/**
 * Of one upload id. A part that was under way when the extension asked S3 what it has (ListParts), or when its host ended, may
 * be sent again: its answer, good or bad, was not to be known then.
 * @param hostKills from the order to the end of it, milliseconds since the epoch
 */
export function sentAgain(log: readonly Logged[], hostKills: readonly { at: number; end: number }[] = []): Resent[] {
  const parts = groupBy(
    log.filter(({ operation, uploadId }) => operation === "UploadPart" && uploadId !== undefined),
    ({ uploadId, partNumber }) => `${uploadId} ${partNumber}`,
  );
  const resent: Resent[] = [];
  for (const requests of parts.values()) {
    const byArrival = requests.toSorted((a, b) => a.at - b.at);
    for (const [index, request] of byArrival.entries()) {
      const acknowledged = byArrival
        .slice(0, index)
        .filter((one) => one.status === 200 && one.at + one.ms < request.at);
      const [first] = acknowledged;
      if (first === undefined || wasUnderWay(log, first, request)) continue;
      const answered = first.at + first.ms;
      if (!hostKills.some(({ at, end }) => first.at <= end && at <= answered + onItsWay)) resent.push(nameOf(request));
    }
  }
  return resent;
}

function wasUnderWay(log: readonly Logged[], first: Logged, again: Logged): boolean {
  const asked = log.filter(
    ({ operation, uploadId, at }) => operation === "ListParts" && uploadId === first.uploadId && at < again.at,
  );
  const last = Math.max(...asked.map(({ at }) => at));
  return first.at <= last && last <= first.at + first.ms;
}

function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

/** @param keys those of which there should be one upload */
export function givenUp(log: readonly Logged[], keys: ReadonlySet<string>): Resent[] {
  const begun = groupBy(
    log.filter(({ key, operation, status }) => operation === "UploadPart" && status === 200 && keys.has(key ?? "")),
    ({ key }) => key,
  );
  const resent: Resent[] = [];
  for (const requests of begun.values()) {
    const ids = [...new Set(requests.map(({ uploadId }) => uploadId))];
    // The last one counts: it is the one that was gone on with.
    const lost = new Set(ids.slice(0, -1));
    const parts = groupBy(
      requests.filter(({ uploadId }) => lost.has(uploadId)),
      ({ uploadId, partNumber }) => `${uploadId} ${partNumber}`,
    );
    for (const [first] of parts.values()) if (first !== undefined) resent.push(nameOf(first));
  }
  return resent;
}
