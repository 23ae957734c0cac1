import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../error-text.ts";
import { count } from "../format/count.ts";
import { isCurrent, type Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import { adding, addingSignal, type PickedFile, refuse } from "./upload-state.ts";

/** Files of the first message: few, so that the first of thousands is on its way while the others are added. */
const firstFiles = 20;
/** As `mostFiles` of the protocol, whose schemas no page loads. */
export const filesPerMessage = 200;
/** Files that are looked at at once. */
const readers = 8;

/**
 * Gives files to the background, many in one message. A file that cannot be taken is told by itself; a message that fails as a
 * whole ends it. When the person signs out meanwhile the rest stays where it is, and goes into nobody else's folder.
 */
export async function uploadFiles(owner: Owner, files: PickedFile[]): Promise<void> {
  const stop = addingSignal();
  const on = () => !stop.aborted && isCurrent(owner);
  told(0, files.length);
  let left = files.length;
  for (const batch of batchesOf(files)) {
    if (!on()) return;
    try {
      await uploadBatch(owner, batch, on);
    } catch (cause) {
      if (!on()) return;
      showToast(t("files_not_added", count(left)), { error: asHoldallError(cause) });
      told(left, 0);
      return;
    }
    left -= batch.length;
    if (on()) told(batch.length, 0);
  }
}

function* batchesOf(files: PickedFile[]): Generator<PickedFile[]> {
  let from = 0;
  for (let size = firstFiles; from < files.length; size = filesPerMessage) {
    yield files.slice(from, from + size);
    from += size;
  }
}

/** Adds to what is shown as being added; all of it done is nothing to show. */
function told(done: number, total: number): void {
  const next = { done: (adding.value?.done ?? 0) + done, total: (adding.value?.total ?? 0) + total };
  adding.value = next.done < next.total ? next : null;
}

async function uploadBatch(owner: Owner, batch: PickedFile[], on: () => boolean): Promise<void> {
  const readable = await readableOf(batch);
  if (readable.length === 0 || !on()) return;
  const files = readable.map(({ file, path }) => ({ file, path, size: file.size }));
  const { refused } = await call("files.upload", { profile: owner.profile, files, ifExists: "fail" });
  if (!on()) return;
  for (const { index, error } of refused) refuse(readable[index]?.path ?? "", error);
}

async function readableOf(files: PickedFile[]): Promise<PickedFile[]> {
  const rest = files.entries();
  const good = new Set<PickedFile>();
  const look = async () => {
    for (const [, picked] of rest) {
      try {
        await checkReadable(picked.file);
        good.add(picked);
      } catch (cause) {
        refuse(picked.path, asHoldallError(cause));
      }
    }
  };
  await Promise.all(Array.from({ length: readers }, look));
  return files.filter((picked) => good.has(picked));
}

/**
 * A file that vanished after it was picked has 0 bytes, as an empty one has; only reading tells them apart.
 * @throws HoldallError `file-unreadable`
 */
export async function checkReadable(file: File): Promise<void> {
  try {
    // Of an empty file not even a byte can be asked for: its stream is opened.
    if (file.size > 0) await file.slice(0, 1).arrayBuffer();
    else await file.stream().getReader().read();
  } catch (cause) {
    throw new HoldallError("file-unreadable", { subs: [file.name] }, { cause });
  }
}
