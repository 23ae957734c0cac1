import type { ItemRow } from "../messaging/view.ts";

/** Characters of DynamoDB JSON up to which a row keeps all of its item: fifty such rows stay far below what memory storage holds. */
const whole = 8_192;

/** A row for the view. Of a large item it keeps the attributes that are small, in their order, and says that it is cut. */
export function lightRow(row: ItemRow): ItemRow {
  if (JSON.stringify(row.attributes).length <= whole) return row;
  let left = whole / 4;
  const small = Object.entries(row.attributes).filter(([name, value]) => {
    const length = name.length + JSON.stringify(value).length;
    if (length > left) return false;
    left -= length;
    return true;
  });
  return { sortKey: row.sortKey, attributes: Object.fromEntries(small), cut: true };
}
