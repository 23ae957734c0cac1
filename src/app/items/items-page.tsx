import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { shownItems } from "../../ui/state/hidden-rows.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { LoadMore, NotLoaded } from "../load-more.tsx";
import { goTo, type Route } from "../route.ts";
import { SearchField } from "../search-field.tsx";
import { useAfterTyping } from "../use-after-typing.ts";
import { useListing } from "../use-listing.ts";
import { ItemList } from "./item-list.tsx";
import { OpenItem } from "./open-item.tsx";

interface ItemsPageProps {
  owner: Owner;
  route: Route & { page: "items" };
  notices: ComponentChildren;
}

/** The person's items by sort key, and the one that is open in its editor. */
export function ItemsPage({ owner, route: { open }, notices }: ItemsPageProps) {
  const typed = useSignal("");
  // DynamoDB does the looking: one Query for a word, not one for each letter.
  const prefix = useAfterTyping(typed.value, (text) => text, 250);
  const listing = useListing<ItemRow>(`items ${prefix}`, async (cursor) => {
    const filter = prefix === "" ? {} : { prefix };
    const { items, cursor: next } = await call("items.list", { profile: owner.profile, cursor, ...filter });
    return { rows: items, cursor: next };
  });
  const rows = shownItems(listing.rows.value);
  const close = () => goTo({ page: "items", open: null });
  const sortKey = open === null || open === "new" ? null : open.sortKey;
  const nothing = rows.length === 0 && listing.error.value === null && !listing.unfinished.value;
  return (
    <div class="place">
      <main class="place-main">
        <div class="bar">
          <h1>{t("items")}</h1>
          <SearchField label={t("prefix_filter")} text={typed.value} onText={(text) => (typed.value = text)} />
          <div class="bar-tools">
            <IconButton icon="refresh" label={t("refresh")} onClick={() => listing.reload()} />
            <Button kind="primary" icon="plus" onClick={() => goTo({ page: "items", open: "new" })}>
              {t("new_item")}
            </Button>
          </div>
        </div>
        {notices}
        {rows.length > 0 && (
          <ItemList owner={owner} rows={rows} selected={sortKey} onRestored={() => listing.reload()} />
        )}
        {nothing && listing.state.value === "loading" && <SkeletonRows count={8} />}
        {nothing && listing.state.value !== "loading" && (
          <EmptyState icon="item" text={t(prefix === "" ? "empty_items" : "empty_prefix")} />
        )}
        <NotLoaded listing={listing} />
        <LoadMore listing={listing} />
      </main>
      <OpenItem
        key={open === "new" ? "new" : `=${sortKey}`}
        owner={owner}
        target={open}
        rows={rows}
        onRestored={() => listing.reload()}
        onSaved={() => {
          void listing.reload();
          close();
        }}
        onClose={close}
      />
    </div>
  );
}
