// @ts-check
/** The least that sending and fetching take in a page: requests that were signed beforehand, and nothing else. */

/**
 * @param {string} url
 * @param {Blob} body
 * @returns {Promise<void>}
 */
function put(url, body) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.onload = () => (xhr.status === 200 ? resolve() : reject(new Error(`${xhr.status} ${xhr.responseText}`)));
    xhr.onerror = () => reject(new Error("no answer"));
    xhr.open("PUT", url);
    xhr.send(body);
  });
}

/**
 * @template T
 * @param {Iterable<T>} things
 * @param {number} atOnce
 * @param {(thing: T) => Promise<unknown>} work
 */
async function inParallel(things, atOnce, work) {
  const rest = things[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Sends the parts of a file.
 *
 * @param {File} file
 * @param {string[]} urls presigned UploadPart, one for each part
 * @param {import("./storage-target.d.ts").Cut} cut
 */
export function putParts(file, urls, { partSize, atOnce }) {
  return inParallel(urls.entries(), atOnce, ([index, url]) =>
    put(url, file.slice(index * partSize, (index + 1) * partSize)),
  );
}

/**
 * Sends files whole.
 *
 * @param {File[]} files
 * @param {string[]} urls presigned PutObject, one for each file
 * @param {number} atOnce
 */
export function putFiles(files, urls, atOnce) {
  return inParallel(urls.entries(), atOnce, ([index, url]) => put(url, files[index] ?? new Blob()));
}

/**
 * Fetches a file by ranges and makes one blob of them.
 *
 * @param {string} url presigned GetObject
 * @param {number} size bytes
 * @param {import("./storage-target.d.ts").Cut} cut
 * @returns {Promise<Blob>}
 */
export async function fetchRanges(url, size, { partSize, atOnce }) {
  const count = Math.ceil(size / partSize);
  /** @type {Blob[]} */
  const pieces = [];
  await inParallel(Array(count).keys(), atOnce, async (index) => {
    const range = `bytes=${index * partSize}-${Math.min(size, (index + 1) * partSize) - 1}`;
    const answer = await fetch(url, { headers: { range }, cache: "no-store" });
    if (answer.status !== 206) throw new Error(`${answer.status} ${await answer.text()}`);
    pieces[index] = await answer.blob();
  });
  return new Blob(pieces);
}

/**
 * Fetches objects whole and makes one blob of them.
 *
 * @param {string[]} urls presigned GetObject
 * @param {number} atOnce
 * @returns {Promise<Blob>}
 */
export async function fetchAll(urls, atOnce) {
  /** @type {Blob[]} */
  const pieces = [];
  await inParallel(urls.entries(), atOnce, async ([index, url]) => {
    const answer = await fetch(url, { cache: "no-store" });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
    pieces[index] = await answer.blob();
  });
  return new Blob(pieces);
}
