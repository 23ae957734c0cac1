import { useSignal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { LedgerRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SkeletonRows } from "../../ui/skeleton-rows.tsx";
import { now } from "../../ui/state/now.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { createListing } from "../listing.ts";
import { LoadMore } from "../load-more.tsx";
import { LedgerFilters } from "./ledger-filters.tsx";
import { LedgerLine } from "./ledger-line.tsx";
import { type LedgerFilter, matches } from "./ledger-words.ts";

interface LedgerProps {
  owner: Owner;
  /** Of one site, or of all. */
  origin: string | null;
  title: string;
  /** Nothing is said where there is nothing. */
  quiet?: boolean;
}

/** What sites read and wrote, newest first, and the way back from a write. */
export function Ledger({ owner: { profile }, origin, title, quiet = false }: LedgerProps) {
  const id = useId();
  const filter = useSignal<LedgerFilter>("all");
  const text = useSignal("");
  const readOn = useRef(false);
  const listing = useMemo(
    () =>
      createListing<LedgerRow>((cursor) => {
        readOn.current = cursor !== undefined;
        return call("sites.ledger", { profile, origin, ...(cursor === undefined ? {} : { cursor }) });
      }),
    [profile, origin],
  );
  useEffect(() => {
    // Who has read on to older lines keeps them: they would go with the first page coming anew.
    if (document.visibilityState === "visible" && !readOn.current) void listing.reload();
  }, [listing, now.value]);
  const { rows, state } = listing;
  if (quiet && rows.value.length === 0 && listing.error.value === null) return null;
  const shown = rows.value.filter((row) => matches(row, filter.value, text.value));
  return (
    <section class="ledger" aria-labelledby={id}>
      <div class="ledger-head">
        <h2 id={id}>{title}</h2>
        {rows.value.length > 0 && <LedgerFilters filter={filter} text={text} />}
      </div>
      {state.value === "loading" && <SkeletonRows count={4} />}
      {shown.length > 0 && (
        <ul class="ledger-lines">
          {shown.map((row) => (
            <LedgerLine key={row.id} profile={profile} row={row} withSite={origin === null} onUndone={listing.reload} />
          ))}
        </ul>
      )}
      {state.value !== "loading" && shown.length === 0 && listing.error.value === null && (
        <EmptyState icon="list" text={rows.value.length > 0 ? t("ledger_no_match") : t("ledger_empty")} />
      )}
      <LoadMore listing={listing} />
    </section>
  );
}
