import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { View } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { usePageKeys } from "../captures/use-page-keys.ts";
import { createActivityFeed } from "./activity-feed.ts";
import { ActivityFilters } from "./activity-filters.tsx";
import { ActivityHead } from "./activity-head.tsx";
import { ActivityList } from "./activity-list.tsx";
import { EntryDetails } from "./entry-details.tsx";
import { everything, filterEntries, isFiltered } from "./filter-entries.ts";
import { Hosts } from "./hosts.tsx";

/** Every request that Holdall sent: to whom, what for, and how it ended. */
export function ActivityPage({ view: { profiles } }: { view: View }) {
  const feed = useMemo(() => createActivityFeed((input) => call("activity.list", input)), []);
  const filter = useSignal(everything);
  const open = useSignal<number | null>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const look = () => (document.visibilityState === "visible" ? feed.start() : feed.stop());
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      feed.stop();
    };
  }, [feed]);
  const nameOf = (id: string) => profiles.find((profile) => profile.id === id)?.name ?? "";
  const all = feed.entries.value;
  const shown = useMemo(() => filterEntries(all ?? [], filter.value, nameOf), [all, filter.value, profiles]);
  const opened = all?.find(({ n }) => n === open.value) ?? null;
  const close = () => {
    open.value = null;
  };
  usePageKeys({ search, open: opened !== null, onClose: close });
  return (
    <div class="place">
      <main class="place-main activity-page">
        <ActivityHead
          all={all ?? []}
          shown={shown}
          dropped={feed.dropped.value}
          search={search}
          text={filter.value.text}
          onText={(text) => (filter.value = { ...filter.value, text })}
          onCleared={() => {
            close();
            feed.start();
          }}
        />
        {all !== null && all.length > 0 && (
          <>
            <Hosts
              entries={all}
              dropped={feed.dropped.value}
              onPick={(text) => (filter.value = { ...filter.value, text })}
            />
            <ActivityFilters entries={all} filter={filter.value} onChange={(next) => (filter.value = next)} />
          </>
        )}
        {feed.error.value && <ErrorPanel error={feed.error.value} onRetry={feed.start} />}
        {all === null && feed.error.value === null && <SkeletonRows count={8} />}
        {shown.length > 0 && (
          <ActivityList entries={shown} open={open.value} onOpen={(n) => (open.value = n === open.value ? null : n)} />
        )}
        {all !== null && shown.length === 0 && feed.error.value === null && (
          <Nothing filtered={all.length > 0 && isFiltered(filter.value)} onClear={() => (filter.value = everything)} />
        )}
      </main>
      {opened && <EntryDetails key={opened.n} entry={opened} nameOf={nameOf} onClose={close} />}
    </div>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return <EmptyState icon="activity" text={t("activity_empty")} />;
  return (
    <EmptyState icon="activity" text={t("activity_no_match")}>
      <Button onClick={onClear}>{t("filters_clear")}</Button>
    </EmptyState>
  );
}
