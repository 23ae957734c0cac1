import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../../messaging/client.ts";
import { t } from "../../../platform/i18n.ts";
import type { HoldallError } from "../../../shared/holdall-error.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { ErrorPanel } from "../../../ui/error-panel.tsx";
import { asHoldallError } from "../../../ui/error-text.ts";
import { byteSize } from "../../../ui/format/byte-size.ts";
import { fileRowId, folderRowId } from "../../../ui/state/hidden-rows.ts";
import type { Owner } from "../../../ui/state/owner.ts";
import { isUnversioned } from "../../../ui/storage/file-actions.ts";
import { type FileEntry, pathOf } from "../file-entry.ts";
import { type Count, type Counted, countTargets } from "./count-targets.ts";
import { countsOf, nameOf, nFiles } from "./deletion-words.ts";
import { startDeletion } from "./deletions.ts";

interface DeleteQuestionProps {
  owner: Owner;
  /** At least one folder among them. */
  entries: FileEntry[];
  onStarted: () => void;
  onClose: () => void;
}

interface Answer {
  counted: Counted;
  keepsVersions: boolean | null;
}

/** Before folders are deleted: how much is in them, and whether it can be undone. Closing it stops the counting. */
export function DeleteQuestion({ owner, entries, onStarted, onClose }: DeleteQuestionProps) {
  const count = useSignal<Count>({ files: 0, bytes: 0 });
  const answer = useSignal<Answer | null>(null);
  const error = useSignal<HoldallError | null>(null);
  const attempt = useSignal(0);
  useEffect(() => {
    let isWanted = true;
    error.value = null;
    find(
      owner,
      entries,
      (next) => (count.value = next),
      () => isWanted,
    ).then(
      (found) => {
        if (isWanted) answer.value = found;
      },
      (cause) => {
        if (isWanted) error.value = asHoldallError(cause);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [entries, attempt.value]);
  const start = ({ counted, keepsVersions }: Answer) => {
    const rows = entries.map((entry) => ("folder" in entry ? folderRowId(entry.folder) : fileRowId(entry.file)));
    startDeletion(owner, { name: nameOf(entries), rows, counted, keepsVersions });
    onStarted();
  };
  const known = answer.value;
  const { files, bytes } = known?.counted ?? count.value;
  const counting = known === null && error.value === null;
  const empty = known?.counted.targets.length === 0;
  return (
    <Dialog title={t("file_delete_title", nameOf(entries))} onClose={onClose}>
      <div class="deletion-count">
        <p role="status" aria-busy={counting}>
          {counting
            ? t("deletion_counting", nFiles(files), byteSize(bytes))
            : t("deletion_counted", nFiles(files), byteSize(bytes))}
        </p>
        <progress class={counting ? "" : "unseen"} aria-label={t("deletion_counting_name")} />
      </div>
      {error.value && <ErrorPanel error={error.value} onRetry={() => (attempt.value += 1)} />}
      <p class="deletion-undo">{known && !empty && undoText(known.keepsVersions)}</p>
      {entries.some((entry) => pathOf(entry).startsWith("apps/")) && <p>{t("deletion_sites")}</p>}
      <p class="small muted">{t("deletion_only_counted")}</p>
      <div class="buttons end">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button kind="danger" aria-disabled={known === null || empty} onClick={() => known && !empty && start(known)}>
          {t("delete_name", countsOf(entries))}
        </Button>
      </div>
    </Dialog>
  );
}

async function find(
  { profile, ...owner }: Owner,
  entries: FileEntry[],
  onCount: (count: Count) => void,
  isWanted: () => boolean,
): Promise<Answer | null> {
  const counted = await countTargets(entries, {
    list: (prefix, cursor) => call("files.list", { profile, prefix, cursor, flat: true, markers: true }),
    onCount,
    isWanted,
  });
  if (counted === null) return null;
  if (await isUnversioned({ profile, ...owner })) return { counted, keepsVersions: false };
  if (counted.newest === null) return { counted, keepsVersions: null };
  // What cannot be asked is not known; the text says so.
  const keepsVersions = await call("files.keepsVersions", { profile, path: counted.newest }).catch(() => null);
  return { counted, keepsVersions };
}

function undoText(keepsVersions: boolean | null): string {
  if (keepsVersions === null) return t("deletion_undo_unknown");
  return keepsVersions ? t("deletion_undo") : t("deletion_forever");
}
