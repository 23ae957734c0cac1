import type { HostLink } from "../transfers/host-link.ts";
import type { Journal } from "../transfers/journal.ts";
import type { AwsPart } from "./aws-part.ts";

/** What differs between the browsers. */
export interface BrowserParts {
  /** What needs the AWS SDK; asked for when a request is about to go out, never at wake-up. */
  aws(): AwsPart;
  /** Called synchronously at load. */
  createHost(journal: Journal): HostLink;
  /** What `launchWebAuthFlow` understands here beyond `interactive`, for a silent run. */
  silentWindow: Record<string, unknown>;
}
