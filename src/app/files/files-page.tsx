import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { baseName } from "../../ui/format/file-kind.ts";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { isFolderShown, shownFiles } from "../../ui/state/hidden-rows.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { DropTarget } from "../../ui/storage/drop-target.tsx";
import { FileDetails } from "../../ui/storage/file-details.tsx";
import type { PickedFile } from "../../ui/storage/upload-state.ts";
import { uploadFiles } from "../../ui/storage/uploads.ts";
import { ended, unended } from "../../ui/transfers/transfer-kind.ts";
import { usePageKeys } from "../captures/use-page-keys.ts";
import { Details } from "../details.tsx";
import { LoadMore, NotLoaded } from "../load-more.tsx";
import { goTo, type Route } from "../route.ts";
import { SearchField } from "../search-field.tsx";
import { useListing } from "../use-listing.ts";
import { useReloadAfter } from "../use-reload-after.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { deleteFiles } from "./delete-files.ts";
import { DeleteQuestion } from "./deletion/delete-question.tsx";
import { endedDeletions } from "./deletion/deletions.ts";
import { fileChecks } from "./file-checks.tsx";
import { type FileEntry, filesOf, pathOf } from "./file-entry.ts";
import { FileList } from "./file-list.tsx";
import { byName, named, ordered } from "./file-order.ts";
import { createSelection } from "./file-selection.ts";
import { NewFolder } from "./new-folder.tsx";
import { partWords } from "./part-words.ts";
import { SelectionTools } from "./selection-tools.tsx";
import { UploadMenu } from "./upload-menu.tsx";

interface FilesPageProps {
  owner: Owner;
  view: View;
  route: Route & { page: "files" };
  notices: ComponentChildren;
}

/** One folder: its folders and files, and the file that is open. */
export function FilesPage({ owner, view, route: { prefix, file }, notices }: FilesPageProps) {
  const listing = useListing<FileEntry>(`files ${prefix}`, async (cursor) => {
    const answer = await call("files.list", { profile: owner.profile, prefix, cursor });
    const folders = answer.folders.map((path) => ({ folder: path }));
    return { rows: [...folders, ...answer.files.map((row) => ({ file: row }))], cursor: answer.cursor };
  });
  useReloadAfter(arrivals(view, prefix), listing.reload);
  useReloadAfter(endedDeletions.value, listing.reload);
  const upload = (files: PickedFile[]) => void uploadFiles(owner, files);
  const search = useRef<HTMLInputElement>(null);
  const order = useSignal(byName);
  const typed = useSignal({ prefix, text: "" });
  // Of one folder: another one is shown whole.
  const text = typed.value.prefix === prefix ? typed.value.text : "";
  const filtered = text.trim() !== "";
  const rows = listing.rows.value;
  // Thousands are not sorted again whenever something elsewhere changes.
  const sorted = useMemo(() => ordered(rows, order.value), [rows, order.value]);
  const matching = useMemo(() => named(sorted, text), [sorted, text]);
  const isThere = (entry: FileEntry) =>
    "folder" in entry ? isFolderShown(entry.folder) : shownFiles([entry.file]).length > 0;
  const all = sorted.filter(isThere);
  const entries = matching.filter(isThere);
  // Of one folder: what is not seen is not chosen.
  const selection = useMemo(createSelection, [prefix]);
  const chosen = entries.filter((entry) => selection.keys.value.has(pathOf(entry)));
  // What is to be deleted and has a folder in it: that is asked first.
  const asked = useSignal<FileEntry[]>([]);
  const remove = (some: FileEntry[]) => {
    if (some.some((entry) => "folder" in entry)) {
      asked.value = some;
      return;
    }
    selection.clear();
    void deleteFiles(owner, filesOf(some));
    keepFocus();
  };
  const removeChosen = () => remove(chosen);
  const answered = () => {
    asked.value = [];
  };
  const open = all.flatMap((entry) => ("file" in entry && entry.file.path === file ? [entry.file] : []))[0];
  const clearFilter = () => {
    typed.value = { prefix, text: "" };
    search.current?.focus();
  };
  const close = () => goTo({ page: "files", prefix, file: null });
  usePageKeys({ search, open: open !== undefined, onClose: close });
  const nothing = all.length === 0 && listing.error.value === null && !listing.unfinished.value;
  return (
    <div class="place">
      <main class="place-main">
        <div class="bar">
          <Breadcrumbs prefix={prefix} />
          <SearchField
            input={search}
            label={t("files_filter")}
            text={text}
            onText={(next) => (typed.value = { prefix, text: next })}
            onArrowDown={() => firstStop()?.focus()}
          />
          <span class="small muted bar-says" role="status">
            {partWords({
              matching: filtered ? entries.length : null,
              loaded: all.length,
              unfinished: listing.unfinished.value,
            })}
          </span>
          <div class="bar-tools">
            {chosen.length > 0 ? (
              <SelectionTools
                owner={owner}
                prefix={prefix}
                chosen={chosen}
                onDelete={removeChosen}
                onClear={selection.clear}
              />
            ) : (
              <>
                <IconButton icon="refresh" label={t("refresh")} onClick={() => listing.reload()} />
                <NewFolder owner={owner} prefix={prefix} />
                <UploadMenu prefix={prefix} onFiles={upload} />
              </>
            )}
          </div>
        </div>
        {notices}
        <DropTarget prefix={prefix} onFiles={upload} />
        {entries.length > 0 && (
          <FileList
            owner={owner}
            prefix={prefix}
            entries={entries}
            selected={open?.path ?? null}
            checks={fileChecks(selection, entries, removeChosen)}
            order={order.value}
            onOrder={(next) => (order.value = next)}
            onDelete={(entry) => remove([entry])}
          />
        )}
        {entries.length === 0 && all.length > 0 && (
          <EmptyState icon="folder" text={listing.unfinished.value ? t("files_no_match_part") : t("files_no_match")}>
            <Button onClick={clearFilter}>{t("filter_clear")}</Button>
          </EmptyState>
        )}
        {nothing && listing.state.value === "loading" && <SkeletonRows count={8} />}
        {nothing && listing.state.value !== "loading" && (
          <EmptyState icon="folder" text={t(prefix === "" ? "empty_files" : "empty_folder")} />
        )}
        <NotLoaded listing={listing} />
        <LoadMore listing={listing} asked={filtered} />
      </main>
      {asked.value.length > 0 && (
        <DeleteQuestion
          owner={owner}
          entries={asked.value}
          onStarted={() => {
            selection.clear();
            answered();
            keepFocus();
          }}
          onClose={answered}
        />
      )}
      {open && (
        <Details title={baseName(open.path)} onClose={close}>
          <FileDetails owner={owner} row={open} onDeleted={close} />
        </Details>
      )}
    </div>
  );
}

const firstStop = () => document.querySelector<HTMLElement>('.place-main .row[tabindex="0"]');

/** What had the focus may have gone with what was deleted: then the list takes it. */
function keepFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) firstStop()?.focus();
  });
}

/** Uploads of this folder that are done: when there are more of them, the folder has changed. */
function arrivals({ transfers: { rows, totals } }: View, prefix: string): number {
  // Of more than the view carries it is not known where they went.
  if (unended(totals) + ended(totals) > rows.length) return totals.done;
  return rows.filter(
    ({ direction, state, path }) => direction === "upload" && state === "done" && path.startsWith(prefix),
  ).length;
}
