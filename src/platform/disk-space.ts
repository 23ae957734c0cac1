/** Kept free whatever is asked for: the browser's own databases need room too. Bytes. */
const reserve = 256 * 1024 ** 2;

/** Bytes that this extension may still write to its storage. https://storage.spec.whatwg.org/#dom-storagemanager-estimate */
export async function freeSpace(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return Math.max(0, quota - usage - reserve);
}

/** Asks the browser to never clear the extension's storage by itself when the disk runs full. */
export async function keepStorage(): Promise<void> {
  await navigator.storage.persist();
}
