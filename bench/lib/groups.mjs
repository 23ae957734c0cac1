// @ts-check
import { bundles } from "../rows/bundles.mjs";
import { captures } from "../rows/captures.mjs";
import { capturesMirror } from "../rows/captures-mirror.mjs";
import { coldWorker } from "../rows/cold-worker.mjs";
import { doctor } from "../rows/doctor.mjs";
import { items } from "../rows/items.mjs";
import { popup } from "../rows/popup.mjs";
import { profileSwitch } from "../rows/profile-switch.mjs";
import { saving } from "../rows/saving.mjs";
import { signIn } from "../rows/sign-in.mjs";
import { sites } from "../rows/sites.mjs";
import { smallFiles } from "../rows/small-files.mjs";
import { uploadLarge } from "../rows/upload-large.mjs";
import { uploadMemory } from "../rows/upload-memory.mjs";

/** @type {import("../../test/support/extension-browser.ts").BrowserName[]} */
const browsers = ["chromium", "firefox"];

/**
 * Rows that are measured together.
 *
 * @typedef {object} Group
 * @property {string} [name] stands for all of its ids
 * @property {string[]} ids of the rows that `measure` gives
 * @property {(world: import("./world.mjs").World) => Promise<import("./row.mjs").Row[]>} measure
 */

/** Everything that can be measured, in the table's order. A new capability adds its group here. @type {Group[]} */
export const GROUPS = [
  ...[bundles, coldWorker, signIn, popup, items, sites],
  ...browsers.map(profileSwitch),
  ...browsers.flatMap((name) => [uploadLarge(name), smallFiles(name), saving(name), uploadMemory(name)]),
  ...browsers.map(captures),
  ...browsers.map(capturesMirror),
  ...browsers.map(doctor),
];

/**
 * @param {string[] | null} only ids, or names of groups; null for all
 * @returns {Group[]} with only the wanted ids left in each
 * @throws {Error} for an id that does not exist
 */
export function groupsOf(only) {
  if (!only) return GROUPS;
  const known = [...new Set(GROUPS.flatMap(({ name, ids }) => (name ? [name, ...ids] : ids)))];
  const unknown = only.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new Error(`No row ${unknown.join(", ")}. There are: ${known.join(", ")}`);
  return GROUPS.map((group) => ({
    ...group,
    ids: group.name && only.includes(group.name) ? group.ids : group.ids.filter((id) => only.includes(id)),
  })).filter(({ ids }) => ids.length > 0);
}
