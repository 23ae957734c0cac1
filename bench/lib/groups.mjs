// @ts-check
import { bundles } from "../rows/bundles.mjs";
import { coldWorker } from "../rows/cold-worker.mjs";
import { items } from "../rows/items.mjs";
import { popup } from "../rows/popup.mjs";
import { signIn } from "../rows/sign-in.mjs";

/**
 * Rows that are measured together.
 *
 * @typedef {object} Group
 * @property {string[]} ids of the rows that `measure` gives
 * @property {(world: import("./world.mjs").World) => Promise<import("./row.mjs").Row[]>} measure
 */

/** Everything that can be measured, in the table's order. A new capability adds its group here. @type {Group[]} */
export const GROUPS = [bundles, coldWorker, signIn, popup, items];

/**
 * @param {string[] | null} only ids; null for all
 * @returns {Group[]} with only the wanted ids left in each
 * @throws {Error} for an id that does not exist
 */
export function groupsOf(only) {
  if (!only) return GROUPS;
  const known = GROUPS.flatMap(({ ids }) => ids);
  const unknown = only.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new Error(`No row ${unknown.join(", ")}. There are: ${known.join(", ")}`);
  return GROUPS.map((group) => ({ ...group, ids: group.ids.filter((id) => only.includes(id)) })).filter(
    ({ ids }) => ids.length > 0,
  );
}
