/**
 * Every command, its input and answer, and who may call it. The page a newcomer reads first.
 *
 * Extension pages send `{ holdall: 1, command, input }`; the background checks the sender against `callers` and the input
 * against the schema, runs the handler of the same name (src/background/commands/) and answers a `Result`.
 * All commands but `profiles.*` act on the active profile; `profile` in an input is the id the page showed when the person
 * acted, and a command that comes for another one than the active is refused, so that no click lands in the wrong place.
 */
import * as v from "valibot";
import type { WireError } from "../shared/result.ts";
import { activityCommands } from "./activity-protocol.ts";
import { attributesSchema } from "./attributes-schema.ts";
import { captureCommands } from "./captures-protocol.ts";
import { checkCommands } from "./checks-protocol.ts";
import { type Command, command, id, path, profile } from "./command.ts";
import { profileCommands } from "./profiles-protocol.ts";
import { sessionCommands } from "./session-protocol.ts";
import { siteCommands } from "./sites-protocol.ts";
import type { FileRow, ItemRow, TransferView, View } from "./view.ts";

const pages = ["popup", "app"] as const;
const sortKey = path;
const nothing = v.strictObject({});
const cursor = v.optional(v.pipe(v.string(), v.maxLength(8192)));

/** Files of one command: a page that has more sends several. */
export const mostFiles = 200;
const ifExists = v.picklist(["fail", "replace", "keep-both"]);
/** Transfers by id, or all to which the command means something. `conflicts`: the name is taken. */
const which = v.union([v.pipe(v.array(id), v.maxLength(500)), v.picklist(["all", "conflicts", "failed", "ended"])]);

export const protocol = {
  /** The present view. Sends no request. */
  "view.get": command<View>()(pages, nothing),
  /** Loads recent files and items again: one ListObjectsV2 and one Query. */
  "recent.refresh": command<null>()(pages, v.strictObject(profile)),

  ...sessionCommands,

  ...profileCommands,

  /** One page of the person's items, in sort-key order; `descending` turns it round. */
  "items.list": command<{ items: ItemRow[]; cursor: string | null }>()(
    pages,
    v.strictObject({ ...profile, cursor, prefix: v.optional(sortKey), descending: v.optional(v.boolean()) }),
  ),
  "items.get": command<ItemRow>()(pages, v.strictObject({ ...profile, sortKey })),
  /**
   * Writes an item. `basis` is the row the editor started from, null for a new item: when the table holds another version,
   * the answer is `item-conflict` with the present one in `facts.current` (`ItemRow` or null) and nothing is written.
   */
  "items.save": command<ItemRow>()(
    pages,
    v.strictObject({ ...profile, sortKey, attributes: attributesSchema, basis: v.nullable(attributesSchema) }),
  ),
  /** Deletes the version in `basis`; undo is `items.save` with the old attributes and `basis: null`. */
  "items.delete": command<null>()(pages, v.strictObject({ ...profile, sortKey, basis: attributesSchema })),

  /**
   * One page of a folder: `prefix` is "" or ends with a slash. Subfolders come as prefixes; `flat`: all that lies below, with
   * `markers` also the object of the folder's own name.
   */
  "files.list": command<{ files: FileRow[]; folders: string[]; cursor: string | null }>()(
    pages,
    v.strictObject({
      ...profile,
      prefix: path,
      cursor,
      flat: v.optional(v.boolean()),
      markers: v.optional(v.boolean()),
    }),
  ),
  /**
   * Takes files into the journal, then sends them. Answers once what is wanted is journalled and the files are held: from then
   * on the page may be closed. A file that cannot be taken is refused by itself. `path` is inside the folder.
   */
  "files.upload": command<{ ids: string[]; refused: { index: number; error: WireError }[] }>()(
    pages,
    v.strictObject({
      ...profile,
      files: v.pipe(
        v.array(
          v.strictObject({
            file: v.blob(),
            /** Bytes that the page saw: a file that vanishes on the way arrives as an empty one. */
            size: v.number(),
            path,
          }),
        ),
        v.minLength(1),
        v.maxLength(mostFiles),
      ),
      /** `fail` answers `file-exists` when the name is taken. */
      ifExists,
    }),
  ),
  /** Saves an object into the browser's download folder. */
  "files.save": command<{ transferId: string }>()(
    pages,
    v.strictObject({ ...profile, path, etag: v.optional(v.string()) }),
  ),
  /**
   * Saves several files and folders as one zip into the download folder; folders (ending with a slash) are listed whole.
   * `prefix` is the folder that they lie in. Up to `mostEntries` objects, else `archive-too-large`.
   */
  "files.saveArchive": command<{ transferId: string }>()(
    pages,
    v.strictObject({ ...profile, prefix: path, paths: v.pipe(v.array(path), v.minLength(1), v.maxLength(10_000)) }),
  ),
  /** Deletes an object; with versions, `deleteMarker` undoes it through `files.undelete`, else it is null. */
  "files.delete": command<{ deleteMarker: string | null }>()(
    pages,
    v.strictObject({ ...profile, path, etag: v.string() }),
  ),
  /** Whether an object would leave a version that `files.undelete` brings back: one HEAD. Null where that does not tell. */
  "files.keepsVersions": command<boolean | null>()(pages, v.strictObject({ ...profile, path })),
  "files.undelete": command<null>()(
    pages,
    v.strictObject({ ...profile, path, deleteMarker: v.pipe(v.string(), v.maxLength(1024)) }),
  ),

  /** A page of the transfers, in the order of the view's rows. */
  "transfers.list": command<{ rows: TransferView[]; cursor: string | null }>()(
    pages,
    v.strictObject({ cursor, limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)) }),
  ),
  "transfers.cancel": command<null>()(pages, v.strictObject({ which })),
  /** Stops sending and fetching; what the person picked is still copied into the journal. */
  "transfers.pause": command<null>()(pages, v.strictObject({ which })),
  /** Goes on with what is paused or waits. */
  "transfers.unpause": command<null>()(pages, v.strictObject({ which })),
  /** Starts failed transfers again, or those that wait at once. `ifExists` changes what a name conflict does. */
  "transfers.retry": command<null>()(pages, v.strictObject({ which, ifExists: v.optional(ifExists) })),
  /** Takes ended transfers off the list. */
  "transfers.dismiss": command<null>()(pages, v.strictObject({ which })),
  /** Puts transfers before another one in the queue; null: at its end. */
  "transfers.move": command<null>()(
    pages,
    v.strictObject({ ids: v.pipe(v.array(id), v.maxLength(500)), before: v.nullable(id) }),
  ),
  /** The file again, for an upload that waits for it. */
  "transfers.provide": command<null>()(pages, v.strictObject({ id, file: v.blob(), size: v.number() })),
  /** Aborts multipart uploads that no transfer needs. */
  "transfers.cleanUp": command<{ aborted: number; left: number }>()(pages, nothing),
  "transfers.settings": command<TransferSettings>()(pages, nothing),
  "transfers.configure": command<null>()(pages, v.strictObject({ sendOnce: v.boolean() })),

  ...captureCommands,
  ...activityCommands,
  ...checkCommands,
  ...siteCommands,
} as const;

export interface TransferSettings {
  /** Recognise bytes that are in the folder already, and do not send them again. */
  sendOnce: boolean;
}

export type Protocol = typeof protocol;
export type CommandName = keyof Protocol;
export type Input<Name extends CommandName> = v.InferOutput<Protocol[Name]["input"]>;
export type Output<Name extends CommandName> = Protocol[Name] extends Command<v.GenericSchema, infer O> ? O : never;
