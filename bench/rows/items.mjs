// @ts-check
import { bundlePeer } from "../lib/bundle-peer.mjs";
import { interleave } from "../lib/interleave.mjs";
import { connectInPage, runInPage } from "../lib/item-calls.mjs";
import { row } from "../lib/row.mjs";
import { round } from "../lib/statistics.mjs";

/** Calls that are timed together; the figure is one call's. */
const CALLS = 20;
const LIMIT = 1.15;

/**
 * One item read, and one written that was not there: by Holdall (a page asks the background, which asks DynamoDB) and by
 * others from that same page, with the same credentials, to the same server, with the same condition.
 *
 * @type {import("../lib/groups.mjs").Group}
 */
export const items = {
  ids: ["item-get", "item-put", "item-get-sdk", "item-put-sdk"],
  async measure(world) {
    const { page, profile, credentials, identity } = await world.signedIn();
    const { aws } = await world.local();
    if (!credentials) throw new Error("The person has no credentials");
    for (const peer of ["aws4fetch", "sdk"]) await page.evaluate(await bundlePeer(peer));
    await connectInPage(page, {
      profile,
      target: {
        credentials,
        region: aws.region,
        endpoint: aws.endpoints.dynamodb,
        table: aws.profile.table.name,
        keys: { ...aws.profile.table, identity: identity?.id ?? "" },
      },
    });
    const rows = [];
    for (const verb of /** @type {const} */ (["get", "create"])) {
      /** @param {string} who */
      const contestant = (who) => () => runInPage(page, who, verb, CALLS);
      const { holdall, aws4fetch, sdk } = await interleave(
        { holdall: contestant("holdall"), aws4fetch: contestant("aws4fetch"), sdk: contestant("sdk") },
        { runs: world.runs(30), warmUp: 3 },
      );
      const [id, what] = verb === "get" ? ["item-get", "item read"] : ["item-put", "item written"];
      const measured = { value: holdall.median, spread: holdall.spread, unit: "ms" };
      rows.push(
        row({
          id,
          what: `${what}, through the extension`,
          ...measured,
          against: `aws4fetch: ${round(aws4fetch.median)} ms`,
          ratio: holdall.median / aws4fetch.median,
          limit: LIMIT,
        }),
        row({
          id: `${id}-sdk`,
          what: `${what}, through the extension`,
          ...measured,
          against: `the SDK: ${round(sdk.median)} ms`,
          ratio: holdall.median / sdk.median,
        }),
      );
    }
    return rows;
  },
};
