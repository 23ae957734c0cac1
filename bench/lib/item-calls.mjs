// @ts-check

/**
 * @typedef {object} Contest
 * @property {string} profile id of Holdall's active profile
 * @property {Omit<import("../peers/target.d.ts").Target, "key"> & { keys: { partitionKey: string, sortKey: string, identity: string } }} target
 */

/**
 * @typedef {object} Contestant
 * @property {(sortKey: string) => Promise<unknown>} get
 * @property {(sortKey: string, attributes: object) => Promise<unknown>} create
 */

/**
 * What lies in the page's `globalThis` meanwhile.
 *
 * @typedef {object} Shared
 * @property {Record<string, { connect(target: import("../peers/target.d.ts").Target): Contestant }>} peers
 * @property {Record<string, Contestant>} contestants
 * @property {number} created
 */

/** An item like those that people keep: about 1 KB. */
const ATTRIBUTES = {
  title: { S: "A note" },
  text: { S: "Lorem ipsum dolor sit amet. ".repeat(30) },
  tags: { SS: ["home", "work"] },
  count: { N: "12345.678" },
  nested: { M: { list: { L: [{ BOOL: true }, { S: "x" }] } } },
};

/**
 * Gives every contestant the same two calls in the page: `get` an item that is there, `create` one that is not.
 *
 * @param {import("puppeteer-core").Page} page of the extension, with the peers evaluated in it
 * @param {Contest} contest
 */
export async function connectInPage(page, contest) {
  await page.evaluate(
    async ({ profile, target }, attributes) => {
      const { keys, ...rest } = target;
      /** @param {string} sortKey */
      const key = (sortKey) => ({ [keys.partitionKey]: { S: keys.identity }, [keys.sortKey]: { S: sortKey } });
      // As an open page of Holdall does: src/messaging/command-port.ts.
      const port = chrome.runtime.connect({ name: "view" });
      /** @type {Map<number, (answer: { ok: boolean, error?: object }) => void>} */
      const waiting = new Map();
      port.onMessage.addListener((message) => waiting.get(message.call)?.(message.result));
      let last = 0;
      /** @param {string} command @param {object} input */
      const call = async (command, input) => {
        const answer = await new Promise((resolve) => {
          waiting.set(++last, resolve);
          port.postMessage({ call: last, holdall: 1, command, input: { profile, ...input } });
        });
        if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(answer.error)}`);
      };
      const shared = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
      shared.contestants = {
        holdall: {
          /** @param {string} sortKey */
          get: (sortKey) => call("items.get", { sortKey }),
          /** @param {string} sortKey @param {object} attributes */
          create: (sortKey, attributes) => call("items.save", { sortKey, attributes, basis: null }),
        },
      };
      for (const [name, peer] of Object.entries(shared.peers))
        shared.contestants[name] = peer.connect({ ...rest, key });
      shared.created = 0;
      await shared.contestants.holdall?.create("bench-read", attributes);
    },
    contest,
    ATTRIBUTES,
  );
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} who
 * @param {"get" | "create"} verb
 * @param {number} calls one after the other
 * @returns {Promise<number>} milliseconds of one call
 */
export function runInPage(page, who, verb, calls) {
  return page.evaluate(
    async (who, verb, calls, attributes) => {
      const shared = /** @type {Shared} */ (/** @type {unknown} */ (globalThis));
      const contestant = shared.contestants[who];
      if (!contestant) throw new Error(`Nobody is called ${who}`);
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) {
        shared.created += 1;
        if (verb === "get") await contestant.get("bench-read");
        else await contestant.create(`bench-${who}-${shared.created}`, attributes);
      }
      return (performance.now() - start) / calls;
    },
    who,
    verb,
    calls,
    ATTRIBUTES,
  );
}
