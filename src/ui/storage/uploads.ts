import { signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { asHoldallError } from "../error-text.ts";
import { currentOwner, isCurrent, type Owner } from "../state/owner.ts";

export interface PickedFile {
  file: File;
  /** Where it goes inside the folder. */
  path: string;
}

type IfExists = "fail" | "replace" | "keep-both";

/** A file whose name was taken when it was to go into the journal: the person decides. */
export interface NameConflict extends PickedFile {
  owner: Owner;
}

export const nameConflicts = signal<NameConflict[]>([]);

/** A file that could not be taken: its name, its size or the file itself is wrong. */
export interface Refusal {
  path: string;
  error: HoldallError;
}

/** They stay until the person took note of each: twenty bad names are twenty rows. */
export const refusals = signal<Refusal[]>([]);

currentOwner.subscribe(() => {
  nameConflicts.value = [];
  refusals.value = [];
});

export function dismissRefusal(refusal: Refusal): void {
  refusals.value = refusals.value.filter((other) => other !== refusal);
}

/** Names on their way into the journal. From there on they are transfers of the view. */
export const entering = signal<string[]>([]);

/**
 * Gives files to the background one after the other: each is safe in the journal before the next is read. When the person
 * signs out meanwhile the rest stays where it is, and goes into nobody else's folder.
 */
export async function uploadFiles(owner: Owner, files: PickedFile[], ifExists: IfExists = "fail"): Promise<void> {
  entering.value = [...entering.value, ...files.map(({ path }) => path)];
  for (const { file, path } of files) {
    try {
      const { size } = file;
      await checkReadable(file);
      if (isCurrent(owner)) await call("files.upload", { profile: owner.profile, file, size, path, ifExists });
    } catch (cause) {
      const error = asHoldallError(cause);
      if (!isCurrent(owner)) continue;
      if (error.code === "file-exists") nameConflicts.value = [...nameConflicts.value, { owner, file, path }];
      else refusals.value = [...refusals.value, { path, error }];
    } finally {
      const at = entering.value.indexOf(path);
      entering.value = entering.value.filter((_, index) => index !== at);
    }
  }
}

/**
 * A file that vanished after it was picked has 0 bytes, as an empty one has; only reading tells them apart.
 * @throws HoldallError `file-unreadable`
 */
async function checkReadable(file: File): Promise<void> {
  const reader = file.stream().getReader();
  try {
    await reader.read();
  } catch (cause) {
    throw new HoldallError("file-unreadable", { subs: [file.name] }, { cause });
  }
  await reader.cancel();
}

/** The person's answer to a name that is taken; null skips the file. */
export async function settleConflict(conflict: NameConflict, ifExists: "replace" | "keep-both" | null): Promise<void> {
  nameConflicts.value = nameConflicts.value.filter((other) => other !== conflict);
  if (ifExists !== null) await uploadFiles(conflict.owner, [conflict], ifExists);
}

/** Files of a picker, for the folder `prefix` ("" or ending with a slash). */
export function pickedFiles(list: FileList | null, prefix: string): PickedFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: `${prefix}${file.name}` }));
}
