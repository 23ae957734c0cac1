import type { HostLink } from "../transfers/host-link.ts";
import type { Journal } from "../transfers/journal.ts";

/** What differs between the browsers. */
export interface BrowserParts {
  /** Called synchronously at load. */
  createHost(journal: Journal): HostLink;
  /** What `launchWebAuthFlow` understands here beyond `interactive`, for a silent run. */
  silentWindow: Record<string, unknown>;
}
