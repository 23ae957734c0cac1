/** The commands of captures. Those with `profile` act on the shown owner's captures; the rest on what is under way here. */
import * as v from "valibot";
import {
  type CaptureEnd,
  type CaptureFacets,
  type CaptureRow,
  type CaptureSettings,
  captureKinds,
} from "./captures-view.ts";
import { command, id, path, profile } from "./command.ts";

const pages = ["popup", "app"] as const;
const short = v.pipe(v.string(), v.maxLength(200));
const kind = v.picklist(captureKinds);
/** As many as one looks at. Longer notes are files. */
const tags = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(100))), v.maxLength(50));
const note = v.pipe(v.string(), v.maxLength(10_000));
const ids = v.pipe(v.array(id), v.maxLength(500));
const ifExists = v.picklist(["keep-both", "replace", "skip", "ask"]);
const template = v.pipe(v.string(), v.maxLength(1000));
const time = v.optional(v.pipe(v.number(), v.finite()));

const filter = v.strictObject({
  text: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  site: v.optional(v.pipe(v.string(), v.maxLength(300))),
  tag: v.optional(v.pipe(v.string(), v.maxLength(100))),
  kind: v.optional(kind),
  from: time,
  to: time,
});

const captureSettingsSchema = v.strictObject({
  rules: v.pipe(
    v.array(
      v.strictObject({ id, site: v.pipe(v.string(), v.maxLength(300)), kinds: v.array(kind), template, ifExists }),
    ),
    v.maxLength(100),
  ),
  fallback: v.strictObject({ template, ifExists }),
  page: v.picklist(["mhtml", "html"]),
  selection: v.picklist(["markdown", "text"]),
  duplicates: v.picklist(["skip", "keep"]),
});

export const captureCommands = {
  /**
   * Captures the page in a tab, in the click that opened the popup. Answers once it is journalled; tags and note may follow.
   * Works signed out: the bytes are kept until the sign-in.
   */
  "captures.take": command<{ id: string }>()(
    pages,
    v.strictObject({
      kind: v.picklist(["page", "selection", "screenshot", "page-screenshot", "bookmark"]),
      tab: v.pipe(v.number(), v.integer()),
      tags,
      note,
    }),
  ),
  /** What became of one that was taken, while the background that took it lives; null when it does not know (any more). */
  "captures.outcome": command<{ outcome: CaptureEnd | null }>()(pages, v.strictObject({ id })),
  /** What is in the mirror of the page that a tab shows, newest first. No request. */
  "captures.here": command<{ saved: CaptureRow[] }>()(
    pages,
    v.strictObject({ ...profile, url: v.pipe(v.string(), v.maxLength(100_000)) }),
  ),
  /** A page of the mirror, newest first. No request. */
  "captures.list": command<{ rows: CaptureRow[]; cursor: string | null }>()(
    pages,
    v.strictObject({
      ...profile,
      filter,
      cursor: v.optional(short),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
    }),
  ),
  "captures.facets": command<CaptureFacets>()(pages, v.strictObject(profile)),
  /** From the mirror, else from the table. `item-missing` when there is none. */
  "captures.get": command<CaptureRow>()(pages, v.strictObject({ ...profile, id })),
  /** Brings the mirror up to date with the whole of the table: also what other devices changed or deleted. */
  "captures.refresh": command<null>()(pages, v.strictObject(profile)),
  /** Tags and note, of a capture that is stored or still under way; signed out, of one under way. */
  "captures.annotate": command<null>()(pages, v.strictObject({ ...profile, id, tags, note })),
  /** Moves object and index item to another path in the folder. */
  "captures.move": command<CaptureRow>()(pages, v.strictObject({ ...profile, id, path })),
  /** Deletes object and index item; `undo` brings both back where the bucket keeps versions, else it is null. */
  "captures.remove": command<{ undo: string | null }>()(pages, v.strictObject({ ...profile, id })),
  "captures.restore": command<null>()(
    pages,
    v.strictObject({ ...profile, undo: v.pipe(v.string(), v.maxLength(500_000)) }),
  ),
  /** A small picture of it; null when it is none that can be drawn. */
  "captures.thumbnail": command<{ image: Blob | null }>()(pages, v.strictObject({ ...profile, id })),
  /** Its bytes, to be shown; up to 64 MB, else `capture-too-large`. */
  "captures.read": command<{ bytes: Blob }>()(pages, v.strictObject({ ...profile, id })),

  /** Ends captures under way; nothing of them stays. Also takes failed ones off the list. */
  "captures.discard": command<null>()(pages, v.strictObject({ ids })),
  /** Tries failed ones again. `allowAddress`: also where they lead into this network. */
  "captures.retry": command<null>()(pages, v.strictObject({ ids, allowAddress: v.optional(v.boolean()) })),
  /** Keeps the address in place of what could not be fetched. */
  "captures.saveLink": command<null>()(pages, v.strictObject({ id })),
  /** The shown owner takes over what was captured while nobody was signed in; `take` false: it is thrown away. */
  "captures.claim": command<null>()(pages, v.strictObject({ ...profile, take: v.boolean() })),

  "captures.settings": command<CaptureSettings>()(pages, v.strictObject(profile)),
  "captures.configure": command<null>()(["app"], v.strictObject({ ...profile, settings: captureSettingsSchema })),
} as const;
