import { useSignal } from "@preact/signals";
import type { FileRow, ItemRow, View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { IconButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { shownFiles, shownItems } from "../ui/state/hidden-rows.ts";
import type { Owner } from "../ui/state/owner.ts";
import { refreshRecent } from "../ui/storage/session-actions.ts";
import { Tabs } from "../ui/tabs.tsx";
import { RecentFiles } from "./recent-files.tsx";
import { RecentItems } from "./recent-items.tsx";

interface RecentProps {
  view: View;
  owner: Owner;
  onOpenFile: (row: FileRow) => void;
  /** Null for a new one. */
  onOpenItem: (row: ItemRow | null) => void;
}

type Tab = "files" | "items";

/** The last known files and items, newest first. */
export function Recent({ view, owner, onOpenFile, onOpenItem }: RecentProps) {
  const tab = useSignal<Tab>("files");
  const { recent } = view;
  const files = shownFiles(recent.files);
  const items = shownItems(recent.items);
  const shown = tab.value === "files" ? files : items;
  const error = tab.value === "files" ? recent.filesError : recent.itemsError;
  return (
    <section class="recent" aria-labelledby="recent-title">
      <div class="recent-head">
        <h2 id="recent-title">{t("recent")}</h2>
        <Tabs
          label={t("recent")}
          tabs={[
            ["files", t("files")],
            ["items", t("items")],
          ]}
          value={tab.value}
          onChange={(next) => (tab.value = next)}
        />
        {/* Its place is there on both tabs: the other one stays under the pointer. */}
        <IconButton
          icon="plus"
          label={t("new_item")}
          style={{ visibility: tab.value === "items" ? "visible" : "hidden" }}
          onClick={() => onOpenItem(null)}
        />
      </div>
      <div class="recent-list" role="tabpanel" id={`panel-${tab.value}`} aria-labelledby={`tab-${tab.value}`}>
        {error && <ErrorPanel error={error} onRetry={() => refreshRecent(owner.profile)} />}
        {shown.length === 0 && !error && <Nothing tab={tab.value} loaded={recent.state === "loaded"} />}
        {tab.value === "files"
          ? files.length > 0 && <RecentFiles rows={files} owner={owner} onOpen={onOpenFile} />
          : items.length > 0 && <RecentItems rows={items} owner={owner} onOpen={onOpenItem} />}
      </div>
    </section>
  );
}

function Nothing({ tab, loaded }: { tab: Tab; loaded: boolean }) {
  if (!loaded) return <SkeletonRows count={5} />;
  return tab === "files" ? (
    <EmptyState icon="folder" text={t("empty_files")} />
  ) : (
    <EmptyState icon="item" text={t("empty_items")} />
  );
}
