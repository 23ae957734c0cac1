import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import type { Owner } from "../state/owner.ts";

/** The row with all of its attributes: asks for them when it is cut. */
export async function wholeRow(owner: Owner, row: ItemRow): Promise<ItemRow> {
  if (row.cut !== true) return row;
  return await call("items.get", { profile: owner.profile, sortKey: row.sortKey });
}
