import { useEffect, useRef } from "preact/hooks";
import { t } from "../platform/i18n.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { canRetry, ErrorPanel } from "../ui/error-panel.tsx";
import { online } from "../ui/state/online.ts";
import type { Listing } from "./listing.ts";

/** The page's notice says that there is no network, and the list is loaded when it is back. */
const saidAbove = ({ code }: HoldallError) => code === "offline" && !online.value;

interface LoadMoreProps<Row> {
  listing: Listing<Row>;
  /** Only by its button: where few rows are shown the end is always seen, and would fetch all there is. */
  asked?: boolean;
}

/** The end of a list that has more: comes by itself when it is scrolled to, and by its button. */
export function LoadMore<Row>({ listing, asked = false }: LoadMoreProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const { error, unfinished, state } = listing;
  // After a failure it waits to be asked, or it would try for ever.
  const told = error.value !== null && !saidAbove(error.value) ? error.value : null;
  /** By the button of what is told. */
  const mended = told !== null && canRetry(told);
  const byItself = unfinished.value && error.value === null && !asked;
  useEffect(() => {
    if (!byItself || box.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void listing.loadMore();
    });
    observer.observe(box.current);
    return () => observer.disconnect();
    // Watched anew after each page: an end that stays in view has to fire again.
  }, [listing, byItself, listing.rows.value]);
  return (
    <div ref={box} class="load-more">
      {told && <ErrorPanel error={told} onRetry={() => void listing.retry()} />}
      {unfinished.value && !mended && (
        <Button busy={state.value === "more"} onClick={() => listing.loadMore()}>
          {t("load_more")}
        </Button>
      )}
    </div>
  );
}

/** Nothing is here from before, and without a network nothing comes. */
export function NotLoaded<Row>({ listing: { rows, error, state } }: { listing: Listing<Row> }) {
  if (rows.value.length > 0 || state.value !== "ready" || error.value === null || !saidAbove(error.value)) return null;
  return <EmptyState icon="offline" text={t("empty_offline")} />;
}
