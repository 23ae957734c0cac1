/** An upload in one signed PUT. */
import { HoldallError } from "../../shared/holdall-error.ts";
import type { HostAnswer } from "../host/host-link.ts";
import { signedInSlot } from "../requests/signed-in-slot.ts";
import { openFolder, type Run, sent } from "../run.ts";
import type { TransferStore } from "../transfers.ts";
import { headOrNull } from "./ask-s3.ts";
import { isOurs, metadataOf } from "./is-ours.ts";
import { prove } from "./prove.ts";
import { bytesOf, digestWhole } from "./upload-parts.ts";

/**
 * How sending went. `taken`: another object has the name. `refused`: so S3 says, but it may be this very upload. `again`: it was
 * spoilt by S3.
 */
export type Sending = "done" | "taken" | "refused" | "again";

/**
 * Sends the whole once; a failure ends the run, and the next begins by asking S3 when it may have arrived.
 * @throws HoldallError, HostFailure, Stopped
 */
export async function uploadSingle(run: Run): Promise<Sending> {
  if (run.record().crc32 === null) await digestWhole(run);
  const folder = await openFolder(run);
  // Before there is a slot: writing the journal leaves no connection idle, and asking S3 once too often does no harm.
  await run.apply({ type: "committing" });
  return await judgePut(run, folder, await put(run));
}

async function put(run: Run): Promise<HostAnswer> {
  const { deps, signal } = run;
  const sign = async () => {
    const folder = await openFolder(run);
    const record = run.record();
    const { path, size, contentType } = record;
    const crc32 = folder.checksums ? record.crc32 : null;
    const ifNoneMatch = record.ifExists !== "replace";
    return await folder.signPut({ path, size, contentType, crc32, ifNoneMatch, metadata: metadataOf(record) });
  };
  const progress = (moved: number) => run.moved(1, moved);
  try {
    return await signedInSlot(run, sign, async (request) => {
      const record = run.record();
      const body = { bytes: bytesOf(record), range: { start: 0, end: record.size }, request };
      return await sent(run, request.url, deps.host.put(body, { signal, progress }));
    });
  } catch (error) {
    run.moved(1, 0);
    throw error;
  }
}

async function judgePut(run: Run, folder: TransferStore, answer: HostAnswer): Promise<Sending> {
  const { crc32, name, path } = run.record();
  const { status } = answer;
  const { etag, date } = answer.headers;
  if (status < 200 || status >= 300) {
    // 412 may be our own earlier PUT that landed late; a 5xx may have been carried out.
    await run.apply({ type: "answered", unsure: status === 412 || status >= 500 });
    if (status === 412) return "refused";
    throw folder.explain(answer, { action: "PutObject", path });
  }
  if (etag === undefined) {
    // S3 always names one: this came from something that stands in its place, such as a network's sign-in page.
    await run.apply({ type: "answered", unsure: true });
    throw folder.explain(answer, { action: "PutObject", path });
  }
  const echoed = answer.headers["x-amz-checksum-crc32"];
  if (echoed !== undefined && echoed !== crc32) {
    await run.apply({ type: "answered", unsure: false });
    throw new HoldallError("checksum-mismatch", { subs: [name] });
  }
  if (echoed === undefined) {
    // None was signed (profile option for stores that know none), or the store took no notice: the size is compared instead.
    await run.apply({ type: "answered", unsure: true });
    const stored = await headOrNull(run, path);
    if (stored === null || !isOurs(stored, run.record())) {
      throw new HoldallError("checksum-mismatch", { subs: [name] });
    }
  }
  await prove(run, { etag, date });
  return "done";
}
