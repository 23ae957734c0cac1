/** Between who takes bytes (a source that is fetched, a page that is read or drawn) and who stores them. */
import type { CaptureKind } from "../messaging/captures-view.ts";

/** What was clicked. */
export interface CaptureRequest {
  kind: CaptureKind;
  /** Address of the image, the link…; the page's own for what is taken of the page. */
  url: string;
  page: { url: string; title: string };
  /** Where it can be looked at: none for what was clicked outside a tab. */
  tab: { id: number; frame: number } | null;
  tags: string[];
  note: string;
  /** Selection: the browser's own plain text of it, for pages where scripts may not run. */
  text?: string;
}

/** Bytes, and what they say of themselves. */
export interface Taken {
  bytes: Blob;
  /** Media type, by the bytes where they tell. */
  type: string;
  /** Without the dot. */
  extension: string;
  /** Lower-case hex, of all bytes. */
  sha256: string;
  /** Pixels; null when the format does not say. */
  dimensions: { width: number; height: number } | null;
  /** A file name that the source suggests (its address, `Content-Disposition`), without ending; "" when there is none. */
  name: string;
  /** Pictures and style sheets of a page that could not be included. */
  missing: number;
}

export interface TakeWatch {
  /** Aborting it ends the work; it then rejects with `cancelled`. */
  signal: AbortSignal;
  /** Bytes (whole page: pixels of height) so far; `total` null when nobody knows. */
  progress(received: number, total: number | null): void;
}

export interface TakeInput extends CaptureRequest {
  /** ULID of the capture. */
  id: string;
  /** The profile whose services are exempt from the rule about private addresses. */
  profile: string;
  /** The person said so: an address inside this network is fetched. */
  allowAddress: boolean;
  selection: "markdown" | "text";
  pageFormat: "mhtml" | "html";
}

/** @throws HoldallError `capture-*`, `permission-needed`, `offline`, `unreachable`, `timeout`, `cancelled` */
export type Take = (input: TakeInput, watch: TakeWatch) => Promise<Taken>;
