import { t } from "../../platform/i18n.ts";
import { count } from "../../ui/format/count.ts";

interface Part {
  /** Rows that the filter lets through; null without one. */
  matching: number | null;
  /** Rows that are there. */
  loaded: number;
  /** The folder has more, some of which may belong above what is there. */
  unfinished: boolean;
}

/** What a filter or an order is about: all of the folder, or only what of it is loaded. "" where there is nothing to say. */
export function partWords({ matching, loaded, unfinished }: Part): string {
  if (matching !== null) {
    const numbers = [count(matching), count(loaded)] as const;
    return unfinished ? t("files_matching_part", ...numbers) : t("count_of", ...numbers);
  }
  return unfinished ? t("files_sorted_part", count(loaded)) : "";
}
