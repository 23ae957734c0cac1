// @ts-check

/** @typedef {import("../../local/control/request-log.ts").LoggedRequest} LoggedRequest */

/**
 * What the local AWS and its provider were asked after request number `n`.
 *
 * @param {import("../../test/support/test-world.ts").TestWorld} world
 * @param {number} n
 * @returns {Promise<LoggedRequest[]>}
 */
export async function requestsSince(world, n) {
  return /** @type {LoggedRequest[]} */ (await world.control("GET", `/requests?since=${n}`));
}
