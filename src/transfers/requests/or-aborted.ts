import { HostFailure } from "../host/host-link.ts";

/**
 * What `work` comes to, unless the signal is aborted before: then nobody waits for it any longer.
 * @throws HostFailure `cancelled`; what `work` rejects with
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let end = () => {};
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(new HostFailure("cancelled"));
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}
