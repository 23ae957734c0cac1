/**
 * Lists a person's items as if Holdall's own were not among them: whoever was given them all learns neither the names of what is
 * kept there, such as which other sites are connected, nor how much it is.
 */
import { readCursor, writeCursor } from "../../aws/items/list-items.ts";
import { reservedKeys } from "../../sites/judge.ts";
import type { SiteItem, SiteStorage } from "../../sites/site-storage.ts";

type List = SiteStorage["items"]["list"];

/** Behind every reserved key, in the order of UTF-8: as long as a sort key may be, of the last of all characters. */
const behind = reservedKeys + "\u{10ffff}".repeat((1024 - reservedKeys.length) / 4);

const isReserved = ({ sortKey }: SiteItem) => sortKey.startsWith(reservedKeys);

/** @throws HoldallError `message-invalid` for a cursor that is none, or another listing's */
export function unreserved(list: List): List {
  return async (input) => {
    const { prefix = "", cursor, descending, limit } = input;
    if (prefix.startsWith(reservedKeys)) return { items: [], cursor: null };
    const past = writeCursor(descending ? reservedKeys : behind);
    // A page may make up a cursor: from within the range it would learn where the next reserved key lies.
    const isInside = cursor !== undefined && readCursor(cursor).startsWith(reservedKeys);
    const page = await list(isInside ? { ...input, cursor: past } : input);
    const first = page.items.findIndex(isReserved);
    if (first < 0) return page;
    // Read again from behind them, however many they were: a page that is short by their number would tell it.
    const before = page.items.slice(0, first);
    const rest = await list({ ...input, cursor: past, ...(limit !== undefined && { limit: limit - first }) });
    return { items: [...before, ...rest.items.filter((item) => !isReserved(item))], cursor: rest.cursor };
  };
}
