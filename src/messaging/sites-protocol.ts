/** The part of the protocol that is about connected sites, on the person's side. Pages speak by `site-methods.ts`. */
import * as v from "valibot";
import { command, id, path, profile } from "./command.ts";
import type { ConsentView, LedgerRow, SiteRow } from "./sites-view.ts";

const origin = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const identity = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const access = v.picklist(["none", "read", "write"]);
const limits = v.strictObject({
  requestsPerMinute: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  bytesPerDay: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
/** What the person decides. `folder`: null for the site's own area. */
const terms = {
  files: access,
  items: access,
  folder: v.nullable(path),
  ownItems: v.boolean(),
  until: v.nullable(v.pipe(v.number(), v.safeInteger())),
  limits,
};
const of = { ...profile, origin };

export const siteCommands = {
  /**
   * The click on "Connect this site": notes what is wanted, reads what the page declares, and opens the consent window as soon
   * as the permission for the origin is held, also when the popup closes over the browser's question.
   * `held`: the permission was there before the click, given for something else, and stays whatever the person decides.
   */
  "sites.connect": command<null>()(["popup"], v.strictObject({ ...profile, tab: v.number(), held: v.boolean() })),
  /** For the consent window, by the id in its address. */
  "sites.consent": command<ConsentView>()(["consent"], v.strictObject({ id })),
  /** The person says yes; `identity`: who was shown, since somebody else may have signed in meanwhile. Answers when the site is connected and its documents know. */
  "sites.allow": command<null>()(["consent"], v.strictObject({ id, identity, ...terms })),
  "sites.refuse": command<null>()(["consent"], v.strictObject({ id })),
  /** Signs in to the profile that the consent is about. */
  "sites.signIn": command<null>()(["consent"], v.strictObject({ id })),
  "sites.list": command<SiteRow[]>()(["popup", "app"], v.strictObject(profile)),
  /** Origins that stored something here, on whatever device, and are not connected on this one. */
  "sites.areas": command<string[]>()(["app"], v.strictObject(profile)),
  "sites.change": command<null>()(["app"], v.strictObject({ ...of, ...terms })),
  "sites.pause": command<null>()(["popup", "app"], v.strictObject({ ...of, paused: v.boolean() })),
  /** At once, also for what is under way; gives the permission back where nothing else needs it. */
  "sites.revoke": command<null>()(["popup", "app"], v.strictObject(of)),
  /** Newest first. */
  "sites.ledger": command<{ rows: LedgerRow[]; cursor: string | null }>()(
    ["app"],
    v.strictObject({
      ...profile,
      origin: v.nullable(origin),
      cursor: v.optional(v.pipe(v.string(), v.maxLength(100))),
    }),
  ),
  /** Brings back what was there before a write, unless it was changed since: `item-conflict`, `file-changed`. */
  "sites.undo": command<null>()(["app"], v.strictObject({ ...profile, id })),
  /**
   * Saves all that the site stored in its own area: its files as a zip, its items as one file of DynamoDB JSON. `transferId`: of
   * the zip, null when there are no files. @throws `archive-empty` when there is neither
   */
  "sites.export": command<{ transferId: string | null; items: number }>()(["app"], v.strictObject(of)),
  /** Deletes all that the site stored in its own area, some at a time; `left` until it is 0. */
  "sites.deleteData": command<{ deleted: number; left: number }>()(["app"], v.strictObject(of)),
} as const;
