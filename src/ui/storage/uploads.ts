import { signal } from "@preact/signals";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { baseName } from "../format/file-kind.ts";
import { currentOwner, isCurrent, type Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";

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

currentOwner.subscribe(() => {
  nameConflicts.value = [];
});

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
      if (isCurrent(owner)) await call("files.upload", { profile: owner.profile, file, path, ifExists });
    } catch (cause) {
      const error = asHoldallError(cause);
      if (!isCurrent(owner)) continue;
      if (error.code === "file-exists") nameConflicts.value = [...nameConflicts.value, { owner, file, path }];
      else showToast(t("file_not_taken", baseName(path)), { error });
    } finally {
      const at = entering.value.indexOf(path);
      entering.value = entering.value.filter((_, index) => index !== at);
    }
  }
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
