/** What is fetched becomes a file: composed in the host, saved by the browser from a `blob:` URL, proved when it is on disk. */
import { HoldallError } from "../../shared/holdall-error.ts";
import { safeFileName } from "../../shared/safe-file-name.ts";
import { HostFailure, type Piece } from "../host/host-link.ts";
import type { TransferRecord } from "../record.ts";
import type { Run } from "../run.ts";

export interface Composition {
  pieces: Piece[];
  /** Bytes of all pieces. */
  size: number;
}

export interface Savable {
  /** Fetches what is missing in the journal, and verifies the whole. */
  gather(): Promise<void>;
  /** @throws HostFailure `source` when the journal lacks some */
  compose(): Promise<Composition>;
}

/** Times that a file is handed to the browser in one go. */
const mostTries = 3;

/** Reasons that lie with the blob's life or the browser's, not with the disk: the bytes are in the journal still. */
const passingReason = /^(?:NETWORK_|SERVER_|CRASH|USER_SHUTDOWN)/;

/**
 * Resolves when the file is on disk. What was handed to the browser before the background ended is not handed over again
 * unless the browser lost it.
 * @throws HoldallError `save-failed`, `cancelled` (in the browser's own list), and what `gather` throws; HostFailure; Stopped
 */
export async function saveToDisk(run: Run, savable: Savable): Promise<void> {
  const { saving } = run.record();
  if (saving !== null && (await finishEarlier(run, saving))) return;
  await run.apply({ type: "started" });
  // What had got as far as saving was verified.
  if (saving === null) await savable.gather();
  for (let tries = 1; ; tries++) {
    try {
      return await save(run, await savable.compose());
    } catch (error) {
      const lost = error instanceof HostFailure && error.kind === "source";
      if (tries === mostTries || !(lost || brokeOff(error))) throw error;
      if (run.record().state === "saving") await run.apply({ type: "started" });
      if (lost) {
        await forgetBytes(run);
        await savable.gather();
      }
    }
  }
}

/** The object changed, or bytes were lost: begins from nothing. */
export async function forgetBytes(run: Run): Promise<void> {
  await run.apply({ type: "refetched" });
  await run.deps.journal.dropBytes(run.record().id);
}

async function save(run: Run, { pieces, size }: Composition): Promise<void> {
  const { host, downloads } = run.deps;
  const { id, name } = run.record();
  const composed = await host.compose(id, pieces, { signal: run.signal });
  const { url } = composed;
  try {
    if (composed.size !== size) throw new HostFailure("source");
    // Before the browser hears of it: who dies in between finds it by its URL, and saves it once.
    await run.apply({ type: "handing", url });
    const downloadId = await downloads.start(url, safeFileName(name));
    await noteHanded(run, downloadId, url);
    await downloads.finish(downloadId, url, run.signal);
    await run.apply({ type: "proved" });
  } finally {
    host.release(url);
  }
}

async function noteHanded(run: Run, downloadId: number, url: string): Promise<void> {
  try {
    await run.apply({ type: "handed", downloadId });
  } catch (error) {
    // Cancelled in this very moment: the browser must not go on by itself.
    await run.deps.downloads.finish(downloadId, url, AbortSignal.abort()).catch(() => undefined);
    throw error;
  }
}

/** The background ended while the browser was saving. False when the browser did not finish it either, or never heard of it. */
async function finishEarlier(run: Run, saving: NonNullable<TransferRecord["saving"]>): Promise<boolean> {
  const { downloads, host } = run.deps;
  const { url } = saving;
  try {
    const downloadId = saving.downloadId ?? (await downloads.find(url));
    if (downloadId === null) return false;
    if (saving.downloadId === null) await noteHanded(run, downloadId, url);
    await downloads.finish(downloadId, url, run.signal);
    await run.apply({ type: "proved" });
    return true;
  } catch (error) {
    if (error instanceof HoldallError && error.code === "save-failed") return false;
    throw error;
  } finally {
    host.release(url);
  }
}

function brokeOff(error: unknown): boolean {
  return (
    error instanceof HoldallError && error.code === "save-failed" && passingReason.test(error.facts.subs?.[0] ?? "")
  );
}
