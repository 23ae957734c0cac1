// @ts-check
/** Runs in a page of the extension, with Holdall's own mirror bundled in: the database is the browser's. */
import { captureSortKey, indexItem } from "../../src/captures/index-item.ts";
import { createMirror } from "../../src/captures/mirror/create-mirror.ts";
import { encodeTime } from "../../src/shared/ulid.ts";

/** @typedef {import("../../src/messaging/captures-view.ts").CaptureRow} CaptureRow */

const owner = { profile: "bench", identity: "https://issuer.test|bench" };
const start = Date.UTC(2020, 0, 1);
const tags = ["red", "green", "blue", "holiday", "work", "recipes", "to read"];

/** The captures of years: some sites often, most seldom, now and then with tags and a note. @param {number} index @returns {CaptureRow} */
function captureOf(index) {
  // Spread without order, and the same in every run.
  const spread = (index * 2_654_435_761) % 2 ** 32;
  const at = start + index * 1_800_000;
  const site = `site-${spread % 3 === 0 ? spread % 20 : spread % 2000}.example`;
  return {
    id: encodeTime(at) + String(index).padStart(16, "0"),
    kind: index % 10 === 0 ? "page" : "image",
    url: `https://cdn.${site}/images/2020/${spread.toString(36)}/picture-${index}.jpg?width=1200`,
    page: `https://${site}/articles/${Math.floor(index / 3)}/a-heading-of-some-words`,
    site,
    title: `A heading of some words, and what the site calls itself ${index}`,
    path: `captures/2020/01/picture-${index}-${spread.toString(36)}.jpg`,
    type: "image/jpeg",
    size: 100_000 + index,
    sha256: index.toString(16).padStart(64, "0"),
    dimensions: { width: 1200, height: 800 },
    tags: spread % 5 === 0 ? [tags[spread % tags.length] ?? "red"] : [],
    note: index % 50 === 0 ? `remember this one, ${spread.toString(36)}` : "",
    at,
    missing: 0,
    rev: 1,
  };
}

/** @param {number} count */
function mirrorOf(count) {
  return createMirror(
    {
      async query(_owner, { cursor, limit }) {
        const from = cursor ? Number(cursor) : count - 1;
        const to = Math.max(0, from - limit + 1);
        const items = [];
        for (let index = from; index >= to; index -= 1) {
          const row = captureOf(index);
          items.push({ sortKey: captureSortKey(row.id), attributes: indexItem(row) });
        }
        return { items, cursor: to === 0 ? null : String(to - 1) };
      },
      now: Date.now,
    },
    "bench-mirror",
  );
}

/** @type {ReturnType<typeof createMirror> | null} */
let mirror = null;
/** @type {{ time: number } | { failure: string } | null} */
let filling = null;

/** Begins to fill an empty mirror; `filled` tells when it is. @param {number} count */
export function fill(count) {
  mirror = mirrorOf(count);
  const began = performance.now();
  void mirror
    .wipe(owner.profile)
    .then(() => mirror?.sync(owner))
    .then(
      () => {
        filling = { time: performance.now() - began };
      },
      (error) => {
        filling = { failure: String(error) };
      },
    );
}

/** Milliseconds that it took; null until then. */
export function filled() {
  if (filling !== null && "failure" in filling) throw new Error(filling.failure);
  return filling?.time ?? null;
}

/**
 * Milliseconds of one question.
 *
 * @param {number} count as in `fill`
 * @param {"page" | "newPage" | "hash" | "newHash" | "list" | "tag" | "word" | "noWord" | "facets"} what
 * @param {number} turn every turn asks for another capture
 */
export async function ask(count, what, turn) {
  mirror ??= mirrorOf(count);
  const { page, sha256 } = captureOf((turn * 7919) % count);
  const began = performance.now();
  const answer = await answerTo(mirror, what, page, sha256);
  const time = performance.now() - began;
  if (answer !== expected(what)) throw new Error(`${what}: ${answer}`);
  return time;
}

/** @param {string} what @returns {boolean} whether there is something to be found */
const expected = (what) => !["newPage", "newHash", "noWord"].includes(what);

/**
 * @param {NonNullable<typeof mirror>} here
 * @param {Parameters<typeof ask>[1]} what
 * @param {string} page
 * @param {string} sha256
 * @returns {Promise<boolean>} whether something was found
 */
async function answerTo(here, what, page, sha256) {
  /** @param {import("../../src/messaging/captures-view.ts").CaptureFilter} filter */
  const some = async (filter) => (await here.list(owner, { filter, limit: 100 })).rows.length > 0;
  switch (what) {
    case "page":
      return (await here.byPage(owner, `${page}#fragment`)).length > 0;
    case "newPage":
      return (await here.byPage(owner, `${page}/new`)).length > 0;
    case "hash":
      return (await here.byHash(owner, sha256)) !== null;
    case "newHash":
      return (await here.byHash(owner, sha256.replace("0", "f"))) !== null;
    case "list":
      return await some({});
    case "tag":
      return await some({ tag: "holiday", kind: "page" });
    case "word":
      return await some({ text: "remember" });
    case "noWord":
      return await some({ text: "nothing is called so" });
    case "facets":
      return (await here.facets(owner)).total > 0;
  }
}
