import type { CaptureFacets } from "../../messaging/captures-view.ts";
import { t } from "../../platform/i18n.ts";
import { count } from "../../ui/format/count.ts";
import { type FilterChoice, isFiltered } from "./filter-choice.ts";

/** What of the list is here. */
interface Loaded {
  rows: number;
  /** There are more. */
  more: boolean;
}

/** How many captures there are, and how many of them the filter lets through as far as that is known. */
export function totals(facets: CaptureFacets, choice: FilterChoice, { rows, more }: Loaded): string {
  const all = count(facets.total);
  if (!isFiltered(choice)) return all;
  const known = more ? counted(facets, choice) : rows;
  return known === null ? t("captures_over", count(rows), all) : t("count_of", count(known), all);
}

/** Of a site, a tag or a kind alone it is known without the list; null of all else. */
function counted(
  { sites, tags, kinds }: CaptureFacets,
  { text, site, tag, kind, period }: FilterChoice,
): number | null {
  const chosen = [
    site !== "" && sites.find(([name]) => name === site)?.[1],
    tag !== "" && tags.find(([name]) => name === tag)?.[1],
    kind !== "" && kinds.find(([name]) => name === kind)?.[1],
  ].filter((number) => number !== false);
  return text.trim() === "" && period === "" && chosen.length === 1 ? (chosen[0] ?? null) : null;
}
