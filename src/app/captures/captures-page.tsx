import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { CaptureRow, CapturesView } from "../../messaging/captures-view.ts";
import { call } from "../../messaging/client.ts";
import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { PendingCaptures } from "../../ui/captures/pending-captures.tsx";
import { UnclaimedCaptures } from "../../ui/captures/unclaimed-captures.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import type { Owner } from "../../ui/state/owner.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { saveFile } from "../../ui/storage/file-actions.ts";
import { goTo, type Route } from "../route.ts";
import { SearchField } from "../search-field.tsx";
import { useAfterTyping } from "../use-after-typing.ts";
import { CaptureList } from "./capture-list.tsx";
import type { CaptureActions } from "./capture-menu.ts";
import { FilterBar } from "./filter-bar.tsx";
import { filterOf, isFiltered, noChoice } from "./filter-choice.ts";
import { LookChoice } from "./look-choice.tsx";
import { MoveCapture } from "./move-capture.tsx";
import { OpenCapture } from "./open-capture.tsx";
import { removeCapture } from "./remove-capture.ts";
import { createThumbnails } from "./thumbnails.ts";
import { totals } from "./totals.ts";
import { useCaptures } from "./use-captures.ts";
import { usePageKeys } from "./use-page-keys.ts";

export interface CapturesPageProps {
  owner: Owner;
  captures: CapturesView;
  route: Route & { page: "captures" };
  notices: ComponentChildren;
}

/** Everything that was captured, by day: searched, filtered, opened; above it what is not stored yet. */
export function CapturesPage({ owner, captures, route: { open }, notices }: CapturesPageProps) {
  const { pages, facets, renew } = useCaptures(owner, captures.pending);
  const choice = useSignal(noChoice);
  const asked = useAfterTyping(choice.value, ({ text }) => text, 150);
  const moving = useSignal<CaptureRow | null>(null);
  const scroller = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const thumbnails = useMemo(
    () =>
      createThumbnails(async (id) => (await call("captures.thumbnail", { profile: owner.profile, id }))?.image ?? null),
    [],
  );
  const refresh = useCommand(async () => {
    await call("captures.refresh", { profile: owner.profile });
    await renew();
  });
  const close = () => goTo({ page: "captures", open: null });
  usePageKeys({ search, open: open !== null, onClose: close });
  useEffect(() => void pages.show(filterOf(asked, Date.now())), [pages, asked]);
  useEffect(() => {
    // Another list begins at its top.
    if (pages.begun.value > 1) scroller.current?.scrollTo(0, 0);
  }, [pages, pages.begun.value]);

  const actions: CaptureActions = {
    open: ({ id }) => goTo({ page: "captures", open: id }),
    save: ({ path }) => void saveFile(owner, { path }),
    move: (row) => {
      moving.value = row;
    },
    remove: (row) => void removeCapture(row, { owner, pages, renew, onGone: () => row.id === open && close() }),
  };
  const rows = pages.rows.value;
  const filtered = isFiltered(asked);
  const loaded = { rows: rows.length, more: pages.more.value };
  // Before the first answer nothing is known of what a filter lets through.
  const shown = facets === null ? "" : totals(facets, pages.loading.value ? noChoice : asked, loaded);
  const changed = (row: CaptureRow) => {
    pages.put(row);
    void renew();
  };
  return (
    <div class="place">
      <main class="place-main captures-page" ref={scroller}>
        <div class="captures-head">
          <div class="bar">
            <h1>{t("captures")}</h1>
            <span class="small muted" role="status">
              {facets !== null && (facets.syncing || refresh.pending ? t("captures_syncing", shown) : shown)}
            </span>
            <SearchField
              input={search}
              label={t("captures_search")}
              text={choice.value.text}
              onText={(text) => (choice.value = { ...choice.value, text })}
            />
            <div class="bar-tools">
              <LookChoice />
              <IconButton icon="refresh" label={t("refresh")} onClick={() => refresh.run()} />
            </div>
          </div>
          <FilterBar facets={facets} choice={choice.value} onChange={(next) => (choice.value = next)} />
          {notices}
          {captures.problem && <ErrorPanel error={captures.problem} />}
          {refresh.error && <ErrorPanel error={refresh.error} onRetry={() => void refresh.run()} />}
          <UnclaimedCaptures owner={owner} unclaimed={captures.unclaimed} />
          <PendingCaptures pending={captures.pending} />
        </div>
        {rows.length > 0 && (
          <CaptureList pages={pages} scroller={scroller} open={open} actions={actions} thumbnails={thumbnails} />
        )}
        {rows.length === 0 && pages.loading.value && <SkeletonRows count={8} />}
        {rows.length === 0 && !pages.loading.value && pages.error.value === null && (
          <Nothing
            filtered={filtered}
            syncing={facets?.syncing === true}
            onClear={() => {
              choice.value = noChoice;
              search.current?.focus();
            }}
          />
        )}
        {pages.error.value && <ErrorPanel error={pages.error.value} onRetry={() => void renew()} />}
      </main>
      {open !== null && (
        <OpenCapture
          key={open}
          owner={owner}
          id={open}
          listed={rows.find(({ id }) => id === open)}
          known={facets?.tags.map(([tag]) => tag) ?? []}
          actions={actions}
          onChanged={changed}
          onClose={close}
        />
      )}
      {moving.value && (
        <MoveCapture
          key={moving.value.id}
          owner={owner}
          row={moving.value}
          onMoved={changed}
          onClose={() => {
            moving.value = null;
          }}
        />
      )}
    </div>
  );
}

interface NothingProps {
  filtered: boolean;
  syncing: boolean;
  onClear: () => void;
}

/** Nothing to see, for one of three reasons. */
function Nothing({ filtered, syncing, onClear }: NothingProps) {
  if (filtered) {
    return (
      <EmptyState icon="camera" text={t("captures_no_match")}>
        <Button onClick={onClear}>{t("filters_clear")}</Button>
      </EmptyState>
    );
  }
  if (syncing) return <EmptyState icon="camera" text={t("captures_filling")} />;
  return <EmptyState icon="camera" text={t("captures_empty")} />;
}
