/** One go at an upload: S3 is asked when in doubt, else the bytes are sent. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { failureOf } from "../requests/failure.ts";
import { partsMayServe } from "../requests/retry-policy.ts";
import { type Run, Stopped } from "../run.ts";
import { tryToAbort } from "./abort-upload.ts";
import { askS3 } from "./ask-s3.ts";
import { takeNextName } from "./conflict.ts";
import { mostRenames } from "./keep-both.ts";
import { openUploads } from "./open-uploads.ts";
import { foundOrCopied } from "./send-once.ts";
import { uploadMultipart } from "./upload-multipart.ts";
import { type Sending, uploadSingle } from "./upload-single.ts";

/** S3 says that the name is taken, but shows nothing of that name. */
const mostUnseen = 3;
/** Multipart uploads that vanish while they are sent. */
const mostLost = 4;

/**
 * Resolves when the bytes are proved to be in S3.
 * @throws HoldallError, HostFailure; Stopped when somebody else ended or took over the transfer. Unless what was sent may serve
 *   another try, nothing of it is left in S3, or the journal knows what is (leftovers.ts).
 */
export async function runUpload(run: Run): Promise<void> {
  if (run.record().state === "queued") await run.apply({ type: "started" });
  try {
    await untilDone(run);
  } catch (error) {
    if (!run.signal.aborted && !(error instanceof Stopped) && !(await mayServe(run, error))) await abortAll(run);
    throw error;
  }
  // Of a name that turned out to be taken, or one too many; what is completed is forgotten.
  if (run.record().partSize > 0) await abortAll(run);
}

async function untilDone(run: Run): Promise<void> {
  const once = await run.deps.sendOnce();
  let refused = false;
  let unseen = 0;
  let lost = 0;
  // Each round is done, moves to another name, or is one of a few that S3 may spoil.
  for (let round = 0; round < mostRenames + mostUnseen + mostLost; round++) {
    if (run.record().unsure) {
      const found = await askS3(run);
      if (found === "ours") return;
      if (found === "other") await takeNextName(run);
      // S3 finds the name taken, the HEAD may not see by what: sending all of it again would find the same.
      else if (refused && ++unseen === mostUnseen) break;
    }
    const outcome = (once ? await foundOrCopied(run) : null) ?? (await send(run));
    if (outcome === "done") return;
    if (outcome === "taken") await takeNextName(run);
    if (outcome === "again" && ++lost === mostLost) throw new HoldallError("upload-missing");
    refused = outcome === "refused";
  }
  throw new HoldallError("file-exists", { subs: [run.record().name] });
}

async function send(run: Run): Promise<Sending> {
  return await (run.record().partSize === 0 ? uploadSingle(run) : uploadMultipart(run));
}

/** Whether what was sent serves another try. */
async function mayServe(run: Run, error: unknown): Promise<boolean> {
  const { deps } = run;
  const { id, live } = run.record();
  const { code } = failureOf(error, run.record(), deps.online());
  // A source that nobody holds any more has not changed: the person picks it again.
  const held = await deps.host.held().catch((): string[] => []);
  const lost = live && code === "file-unreadable" && !held.includes(id);
  return lost || partsMayServe(code);
}

async function abortAll(run: Run): Promise<void> {
  await tryToAbort(run.deps, await openUploads(run).catch(() => []));
}
