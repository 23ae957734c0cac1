import { afterPrefix, keyOrder } from "../store/key-order.ts";
import type { ObjectStore } from "../store/object-store.ts";
import type { ObjectVersion } from "../store/records.ts";

export interface ListEntry {
  name: string;
  isCommonPrefix: boolean;
}

export interface KeyPage {
  objects: ObjectVersion[];
  commonPrefixes: string[];
  /** The last entry of a page that others follow; null on the last page. */
  last: ListEntry | null;
}

/**
 * One page of current objects. A key that has `delimiter` after `prefix` is rolled up into its common prefix, which
 * counts as one entry however many keys it stands for, and is found by jumping, not by walking over those keys.
 *
 * @param after the entry after which the page begins; a common prefix excludes all of its keys
 * @param limit at most so many entries, keys and common prefixes together
 */
export function listKeys(
  store: ObjectStore,
  { prefix, delimiter, after, limit }: { prefix: string; delimiter: string; after: ListEntry | null; limit: number },
): KeyPage {
  const page: KeyPage = { objects: [], commonPrefixes: [], last: null };
  const { index } = store;
  let position = index.firstAfter(keyOrder(prefix), true);
  if (after !== null) position = Math.max(position, index.firstAfter(endOf(after)));
  let entries = 0;
  let last: ListEntry | null = null;
  for (let history = index.at(position); history?.key.startsWith(prefix); history = index.at(position)) {
    const latest = history.versions[0];
    if (latest?.kind !== "object") {
      position++;
      continue;
    }
    if (entries === limit) {
      page.last = last;
      break;
    }
    entries++;
    const common = commonPrefixOf(history.key, prefix, delimiter);
    if (common === null) {
      page.objects.push(latest);
      last = { name: history.key, isCommonPrefix: false };
      position++;
    } else {
      page.commonPrefixes.push(common);
      last = { name: common, isCommonPrefix: true };
      position = index.firstAfter(endOf(last));
    }
  }
  return page;
}

/** The part of `key` up to and with the first `delimiter` after `prefix`; null when there is none. */
export function commonPrefixOf(key: string, prefix: string, delimiter: string): string | null {
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? null : key.slice(0, at + delimiter.length);
}

/** Everything up to this place in key order is covered by the entry. */
function endOf({ name, isCommonPrefix }: ListEntry): string {
  return isCommonPrefix ? afterPrefix(name) : keyOrder(name);
}
