/** One go at a download: one signed GET into a blob, verified, then saved by the browser. */
import { HoldallError } from "../shared/holdall-error.ts";
import { safeFileName } from "../shared/safe-file-name.ts";
import type { Fetched, HostAnswer } from "./host-link.ts";
import { maxTransferSize } from "./limits.ts";
import { checkOwner, openFolder, type Run, sent } from "./run.ts";
import type { TransferStore } from "./transfers.ts";

/** Resolves when the file is on disk. Rejects with HoldallError, HostFailure or Stopped. */
export async function runDownload(run: Run): Promise<void> {
  const { saving } = run.record();
  if (saving !== null && (await finishEarlier(run, saving))) return;
  const { path, etag } = run.record();
  const folder = await openFolder(run);
  const request = await folder.signGet(etag === null ? { path } : { path, etag });
  await checkOwner(run);
  await run.apply({ type: "fetching" });
  const { answer, fetched } = await fetchBounded(run, request);
  if (fetched === null) throw refusal(run, folder, answer);
  try {
    const { name } = run.record();
    // S3 always names one: this is the page of something that stands in its place.
    if (answer.headers.etag === undefined) throw refusal(run, folder, answer);
    verify(answer, fetched, name);
    const downloadId = await run.deps.downloads.start(fetched.url, safeFileName(name));
    await handOver(run, downloadId, fetched);
    await run.deps.downloads.finish(downloadId, fetched.url, run.watch.signal);
    await run.apply({ type: "proved" });
  } finally {
    run.deps.host.release(fetched.url);
  }
}

async function handOver(run: Run, downloadId: number, { url, size }: Fetched): Promise<void> {
  try {
    await run.apply({ type: "handed", downloadId, url, size });
  } catch (error) {
    // Cancelled in this very moment: the browser must not go on by itself.
    await run.deps.downloads.finish(downloadId, url, AbortSignal.abort()).catch(() => undefined);
    throw error;
  }
}

/** The background ended while the browser was saving. False when the browser did not finish it either. */
async function finishEarlier(run: Run, saving: { downloadId: number; url: string }): Promise<boolean> {
  try {
    await run.deps.downloads.finish(saving.downloadId, saving.url, run.watch.signal);
    await run.apply({ type: "proved" });
    return true;
  } catch (error) {
    if (error instanceof HoldallError && error.code === "save-failed") return false;
    throw error;
  } finally {
    run.deps.host.release(saving.url);
  }
}

async function fetchBounded(run: Run, request: Parameters<Run["deps"]["host"]["get"]>[0]) {
  const { watch } = run;
  const tooLarge = new AbortController();
  let size = 0;
  try {
    const got = run.deps.host.get(request, {
      signal: AbortSignal.any([watch.signal, tooLarge.signal]),
      progress: (moved, total) => {
        size = total ?? moved;
        if (size > maxTransferSize) tooLarge.abort();
        watch.progress(moved, total);
      },
    });
    return await sent(run, request.url, got);
  } catch (error) {
    if (tooLarge.signal.aborted) throw new HoldallError("file-too-large", { subs: [String(size)] }, { cause: error });
    throw error;
  }
}

function refusal(run: Run, folder: TransferStore, answer: HostAnswer): HoldallError {
  const { path, name } = run.record();
  if (answer.status === 412) return new HoldallError("file-changed", { subs: [name], status: 412 });
  return folder.explain(answer, { action: "GetObject", path });
}

/** @throws HoldallError `checksum-mismatch` */
function verify(answer: HostAnswer, fetched: Fetched, name: string): void {
  const { headers } = answer;
  // The browser has decoded such a body, so size and checksum of what S3 stores say nothing of it.
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "aws-chunked") return;
  const length = headers["content-length"];
  const sum = headers["x-amz-checksum-crc32"];
  // `-2` at the end: the checksum of two parts' checksums, which the bytes alone cannot confirm.
  const whole = sum !== undefined && !sum.includes("-") && headers["x-amz-checksum-type"] !== "COMPOSITE";
  if ((length !== undefined && Number(length) !== fetched.size) || (whole && sum !== fetched.crc32)) {
    throw new HoldallError("checksum-mismatch", { subs: [name] });
  }
}
