/**
 * Scripts that Chromium's worker runs late. `import()` does not work in a worker, and `importScripts` after its installation
 * only for scripts that were imported while it was installed; those the browser keeps with the worker.
 * (https://w3c.github.io/ServiceWorker/#importscripts)
 */
declare function importScripts(...urls: string[]): void;

const parts: { holdallParts?: Record<string, unknown> } = globalThis as object;

/** In the late script: gives `part` to whoever imports it. */
export function handOver(name: string, part: unknown): void {
  parts.holdallParts = { ...parts.holdallParts, [name]: part };
}

/** What a late script that ran has handed over; null before. */
export function handedOver<Part>(name: string): Part | null {
  return (parts.holdallParts?.[name] ?? null) as Part | null;
}

export interface LateScript<Part> {
  /**
   * What `<name>.js` hands over; the first call runs it.
   * @throws when the script does not run: the extension's files are damaged
   */
  load(): Part;
  /** The same if it ran already, else null. */
  loaded(): Part | null;
}

/** In the worker, synchronously at load. */
export function lateScript<Part>(name: string): LateScript<Part> {
  const loaded = () => handedOver<Part>(name);
  const load = () => {
    if (loaded() === null) importScripts(`${name}.js`);
    return loaded() as Part;
  };
  addEventListener("install", load);
  return { load, loaded };
}
