/** Kept free whatever is asked for: the browser's own databases need room too. Bytes. */
const reserve = 256 * 1024 ** 2;

/** Bytes that this extension may still write to its storage. https://storage.spec.whatwg.org/#dom-storagemanager-estimate */
export async function freeSpace(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return Math.max(0, quota - usage - reserve);
}

/** Asks the browser to never clear the storage by itself when the disk runs full: Firefox does not do so for the permission alone. */
export async function keepStorage(): Promise<void> {
  const storage: StorageManager & { persist?(): Promise<boolean> } = navigator.storage;
  // Pages have it, workers do not. https://storage.spec.whatwg.org/#storagemanager
  await storage.persist?.();
}
