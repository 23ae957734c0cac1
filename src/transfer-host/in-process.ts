/** Firefox: the host within the background page. */
import type { HostLink } from "../transfers/host/host-link.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createHost, type HostDeps } from "./host.ts";

/**
 * @param deps.touch calls some function of the extension API: only that resets the clock of Firefox's event page, which
 * was seen to end 30 s into a running request. Called every 10 s while bytes move, or a source or a `blob:` URL is held.
 */
export function createInProcessHost(deps: Pick<HostDeps, "journal" | "fetch"> & { touch(): void }): HostLink {
  const heartbeat = createHeartbeat();
  heartbeat.listen(deps.touch);
  return createHost({ ...deps, heartbeat, rereadSources: true });
}
