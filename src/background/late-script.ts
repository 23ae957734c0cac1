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

/**
 * In the worker, synchronously at load: the function that answers what `<name>.js` hands over, and runs it at its first call.
 * @throws when the script does not run: the extension's files are damaged
 */
export function lateScript<Part>(name: string): () => Part {
  const load = () => {
    if (parts.holdallParts?.[name] === undefined) importScripts(`${name}.js`);
    return parts.holdallParts?.[name] as Part;
  };
  addEventListener("install", load);
  return load;
}
