/** Firefox: the host within the background page. */
import type { HostLink } from "../transfers/host-link.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createHost, type HostDeps } from "./host.ts";

/**
 * @param deps.touch calls some function of the extension API: only that resets the clock of Firefox's event page, which
 * was seen to end 30 s into a running request. Called every 10 s while bytes move or a `blob:` URL is being saved.
 */
export function createInProcessHost(deps: HostDeps & { touch(): void }): HostLink {
  const host = createHost(deps);
  const heartbeat = createHeartbeat(deps.touch);
  const urls = new Map<string, () => void>();

  async function whileHeld<T>(work: () => Promise<T>): Promise<T> {
    const release = heartbeat.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  return {
    digest: (transferId, watch) => whileHeld(() => host.digest(transferId, watch)),
    put: (transferId, request, watch) => whileHeld(() => host.put(transferId, request, watch)),
    get: async (request, watch) => {
      const result = await whileHeld(() => host.get(request, watch));
      if (result.fetched !== null) urls.set(result.fetched.url, heartbeat.hold());
      return result;
    },
    release: (url) => {
      urls.get(url)?.();
      urls.delete(url);
      host.release(url);
    },
  };
}
