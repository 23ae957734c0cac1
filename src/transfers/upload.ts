/** One go at an upload: ask S3 when in doubt, else one signed PUT. */
import { HoldallError } from "../shared/holdall-error.ts";
import type { HostAnswer } from "./host-link.ts";
import { mostRenames, nextName } from "./keep-both.ts";
import type { TransferRecord } from "./record.ts";
import { checkOwner, openFolder, type Run, sent } from "./run.ts";
import type { StoredObject, TransferStore } from "./transfers.ts";

/** Metadata (`x-amz-meta-…`) by which a HEAD tells whether an object is this very upload. */
const transferTag = "holdall-transfer";

/** Resolves when the bytes are proved to be in S3. Rejects with HoldallError, HostFailure or Stopped. */
export async function runUpload(run: Run): Promise<void> {
  if (run.record().crc32 === null) {
    const { watch } = run;
    const { size, crc32 } = await run.deps.host.digest(run.record().id, { signal: watch.signal });
    // The source changed while it was copied into the journal.
    if (size !== run.record().size) throw new HoldallError("file-unreadable", { subs: [run.record().name] });
    await run.apply({ type: "digested", crc32 });
  }
  let unseen = 0;
  // Each round ends the run or moves to another name; two more for objects that vanish between PUT and HEAD.
  for (let round = 0; round < mostRenames + 2; round++) {
    const asked = run.record().unsure;
    const found = asked ? await ask(run) : "absent";
    if (found === "ours") return;
    if (found === "other") await takeNextName(run);
    // The PUT finds the name taken, the HEAD may not see by what: sending the whole file again would find the same.
    else if (asked && ++unseen > 2) break;
    if (await put(run)) return;
  }
  throw new HoldallError("file-exists", { subs: [run.record().name] });
}

/** Asks S3 whether an earlier PUT arrived. `other`: the name is taken by other bytes, and they may not be replaced. */
async function ask(run: Run): Promise<"ours" | "other" | "absent"> {
  const stored = await headOrNull(run);
  const record = run.record();
  if (stored !== null && isOurs(stored, record)) {
    await prove(run, stored.etag, null);
    return "ours";
  }
  if (stored !== null && record.ifExists !== "replace") return "other";
  await run.apply({ type: "absent" });
  return "absent";
}

async function headOrNull(run: Run): Promise<StoredObject | null> {
  const folder = await openFolder(run);
  try {
    return await folder.head(run.record().path);
  } catch (error) {
    // 403 is also what S3 says of a missing object to somebody who may not list all; the PUT will tell.
    const absent = error instanceof HoldallError && (error.code === "file-missing" || error.code === "access-denied");
    if (absent) return null;
    throw error;
  }
}

/** Is the stored object this upload, whole? */
function isOurs(stored: StoredObject, record: TransferRecord): boolean {
  if (stored.size !== record.size) return false;
  const sum = stored.crc32 ?? null;
  if (sum !== null && sum !== record.crc32) return false;
  const tag = stored.metadata?.[transferTag];
  return tag === undefined ? sum !== null : tag === record.id;
}

async function takeNextName(run: Run): Promise<void> {
  const { ifExists, renames, path, name } = run.record();
  if (ifExists !== "keep-both" || renames >= mostRenames) throw new HoldallError("file-exists", { subs: [name] });
  await run.apply({ type: "renamed", ...nextName(path) });
}

/** @param date the server's own, where its answer told it */
async function prove(run: Run, etag: string, date: string | null): Promise<void> {
  await run.apply({ type: "proved" });
  const { owner, path, size } = run.record();
  const at = Date.parse(date ?? "");
  run.deps.stored(owner, { path, size, etag, modifiedAt: Number.isNaN(at) ? run.deps.now() : at });
}

/** True when the upload is done; false when S3 has to be asked. Rejects when the answer means an error. */
async function put(run: Run): Promise<boolean> {
  const { path, size, contentType, crc32, ifExists, id } = run.record();
  const folder = await openFolder(run);
  const ifNoneMatch = ifExists !== "replace";
  const metadata = { [transferTag]: id };
  const request = await folder.signPut({ path, size, contentType, crc32, ifNoneMatch, metadata });
  await checkOwner(run);
  await run.apply({ type: "sending" });
  const answer = await sent(run, request.url, run.deps.host.put(id, request, run.watch));
  return await judgePut(run, folder, answer);
}

async function judgePut(run: Run, folder: TransferStore, answer: HostAnswer): Promise<boolean> {
  const { crc32, name, path } = run.record();
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (answer.headers.etag === undefined) {
      // S3 always names one: this came from something that stands in its place, such as a network's sign-in page.
      await run.apply({ type: "answered", unsure: true });
      throw folder.explain(answer, { action: "PutObject", path });
    }
    const echoed = answer.headers["x-amz-checksum-crc32"];
    if (echoed !== undefined && echoed !== crc32) {
      await run.apply({ type: "answered", unsure: false });
      throw new HoldallError("checksum-mismatch", { subs: [name] });
    }
    if (echoed !== undefined) {
      await prove(run, answer.headers.etag, answer.headers.date ?? null);
      return true;
    }
    // None was signed (profile option for stores that know none), or the store took no notice: the size is compared instead.
    await run.apply({ type: "answered", unsure: true });
    const stored = await headOrNull(run);
    if (stored === null || !isOurs(stored, run.record())) {
      throw new HoldallError("checksum-mismatch", { subs: [name] });
    }
    await prove(run, stored.etag, answer.headers.date ?? null);
    return true;
  }
  // 412 may be our own earlier PUT that landed late; a 5xx may have been carried out.
  await run.apply({ type: "answered", unsure: status === 412 || status >= 500 });
  if (status === 412) return false;
  throw folder.explain(answer, { action: "PutObject", path });
}
