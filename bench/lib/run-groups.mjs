// @ts-check
import { failedRow } from "./row.mjs";
import { createWorld } from "./world.mjs";

/**
 * Measures one group after the other: two at once would slow each other down. A group that fails gives failed rows, and
 * the others are measured all the same.
 *
 * @param {import("./groups.mjs").Group[]} groups
 * @param {{ quick: boolean, sizeMib: number | null }} options
 * @returns {Promise<import("./row.mjs").Row[]>}
 */
export async function runGroups(groups, options) {
  const world = createWorld(options);
  const rows = [];
  try {
    for (const { ids, measure } of groups) {
      process.stderr.write(`${ids.join(", ")} …\n`);
      try {
        rows.push(...(await measure(world)).filter(({ id }) => ids.includes(id)));
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        rows.push(...ids.map((id) => failedRow(id, error)));
      }
    }
  } finally {
    await world.close();
  }
  return rows;
}
