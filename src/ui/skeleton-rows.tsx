import { t } from "../platform/i18n.ts";

/** Rows in the shape of those to come. The styles show them after 300 ms: what is quicker does not flicker. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t("loading")}>
      {Array.from({ length: count }, (_, index) => (
        // Rows have no identity: they never move.
        <div key={index} class="skeleton-row" style={{ "--share": `${[62, 44, 71, 53, 38][index % 5]}%` }} />
      ))}
    </div>
  );
}
