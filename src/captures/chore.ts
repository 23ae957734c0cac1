/** What changes a stored capture in more than one request: noted before the first, so that no half of it stays. */
import type { CaptureOwner } from "./captures.ts";

export type Chore = {
  /** `<kind>/<id>`: a second one of the same kind takes the place of the first. */
  key: string;
  owner: CaptureOwner;
  /** Of the capture. */
  id: string;
  /** Object's path, and the version that was looked at. */
  path: string;
  etag: string;
} & ({ kind: "move"; to: string /** Media type. */; type: string } | { kind: "remove" });
