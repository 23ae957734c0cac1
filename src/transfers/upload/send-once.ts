/** Equal bytes are sent once, where the person wants that: found under the same name, or copied within the folder. */
import { crc32Base64 } from "../../shared/crc32.ts";
import { wholeCrc32 } from "../download/whole-crc32.ts";
import type { Digest } from "../host/host-link.ts";
import { attempt } from "../requests/attempt.ts";
import { inParallel } from "../requests/in-parallel.ts";
import { checkOwner, openFolder, type Run, sent } from "../run.ts";
import type { StoredObject } from "../transfers.ts";
import { headOrNull } from "./ask-s3.ts";
import { completionOf } from "./completion-answer.ts";
import { fingerprintTag, isOurs, mayBeEqual, metadataOf } from "./is-ours.ts";
import { prove } from "./prove.ts";
import { digestOf, partsOf } from "./upload-parts.ts";
import type { Sending } from "./upload-single.ts";

/** CopyObject takes no more. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const largestCopy = 5 * 1024 ** 3;
/** Parts that are read at once. */
const readers = 3;

/**
 * Reads all bytes first, which sending alone would not need to, and looks where they are already. Bytes count as equal by
 * SHA-256; a CRC-32 alone never says so.
 * @returns null: they have to be sent
 * @throws HoldallError, HostFailure, Stopped
 */
export async function foundOrCopied(run: Run): Promise<Sending | null> {
  const fingerprint = run.record().fingerprint ?? (await readAll(run));
  const { owner, path, size, ifExists } = run.record();
  const known = await run.deps.journal.known(owner, fingerprint);
  const there = await attempt(run, () => headOrNull(run, path));
  if (there !== null) {
    const noted = known?.path === path && known.etag === there.etag;
    const equal = noted || there.metadata?.[fingerprintTag] === fingerprint;
    const ours = isOurs(there, run.record());
    if (ours || (equal && mayBeEqual(there, run.record()))) {
      await prove(run, { etag: there.etag, deduplicated: !ours });
      return "done";
    }
    if (ifExists !== "replace") return "taken";
  }
  if (known === undefined || known.path === path || size > largestCopy) return null;
  const source = await attempt(run, () => headOrNull(run, known.path));
  if (source?.etag !== known.etag || !mayBeEqual(source, run.record())) return null;
  return await copy(run, known.path, source);
}

/** The digests of all parts, and what identifies the bytes: SHA-256 over sizes and SHA-256 of the parts, hex. */
async function readAll(run: Run): Promise<string> {
  const known = await run.deps.journal.parts(run.record().id);
  const parts = partsOf(run.record());
  const read = new Map<number, Digest>();
  await inParallel(run, parts, readers, async (part, patience) => {
    const digest = await attempt(patience, () => digestOf(run, part, known, true));
    read.set(part.partNumber, digest);
  });
  const digests = parts.flatMap(({ partNumber }) => read.get(partNumber) ?? []);
  const text = digests.map(({ size, sha256 }) => `${size} ${sha256}\n`).join("");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const fingerprint = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  await run.apply({ type: "digested", crc32: crc32Base64(wholeCrc32(digests)), fingerprint });
  return fingerprint;
}

async function copy(run: Run, from: string, source: StoredObject): Promise<Sending | null> {
  const folder = await openFolder(run);
  const record = run.record();
  const { path, contentType } = record;
  const ifNoneMatch = record.ifExists !== "replace";
  const metadata = metadataOf(record);
  const request = await folder.signCopy({ from, etag: source.etag, path, contentType, ifNoneMatch, metadata });
  await run.apply({ type: "committing" });
  await checkOwner(run);
  const answer = await sent(run, request.url, run.deps.host.send(request, { signal: run.signal }));
  const { status } = answer;
  const failure = completionOf(answer).etag === null ? folder.explain(answer, { action: "PutObject", path }) : null;
  if (failure === null) {
    await run.apply({ type: "answered", unsure: true });
    const stored = await headOrNull(run, path);
    if (stored === null || !isOurs(stored, run.record())) return "again";
    await prove(run, { etag: stored.etag, date: answer.headers.date, deduplicated: true });
    return "done";
  }
  // The source is another one by now, may not be read, or the store cannot copy: then the bytes are sent.
  const impossible = status === 501 || (status >= 400 && status < 500 && failure.code !== "file-exists");
  await run.apply({ type: "answered", unsure: !impossible });
  if (failure.code === "credentials-expired" || failure.code === "clock-wrong") throw failure;
  if (impossible) return null;
  if (status === 412) return "refused";
  throw failure;
}
