/**
 * What a connected page may ask, and in which form. The background checks each request against it, and the page for authors of
 * sites (docs/sites/reference.md) is written from it; `client/src/types.ts` says the same in types, which a test compares.
 */
import * as v from "valibot";
import { mostInBatch } from "./site-limits.ts";

export * from "./site-limits.ts";

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
/** DynamoDB takes 1,024 bytes; meaning is judged where keys are built. */
const key = text(1024);
const path = text(1024);
const prefix = v.optional(v.pipe(v.string(), v.maxLength(1024)));
const cursor = v.optional(text(8192));
/** Of what was read; null: only if there is none yet. */
const ifMatch = v.optional(v.nullable(text(200)));
const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)));
const access = v.optional(v.picklist(["none", "read", "write"]), "none");

/**
 * An item's attributes by name, as JavaScript values: string, finite number, bigint, boolean, null, Uint8Array, Set of strings,
 * numbers or Uint8Arrays, array, plain object. A number that JavaScript cannot hold comes back as bigint where it is whole, else
 * as `{ $number: "…" }`, and may be written so.
 */
const value = v.custom<Record<string, unknown>>(
  (input) => typeof input === "object" && input !== null && !Array.isArray(input) && !(input instanceof Set),
  "attributes by name",
);

interface Method {
  /** One sentence for authors of sites. */
  about: string;
  /** What it asks of the grant; `null`: nothing but a connection. */
  needs: { what: "files" | "items"; access: "read" | "write" } | null;
  params: v.GenericSchema;
  /** For authors of sites, in TypeScript. */
  answer: string;
}

const putItem = v.strictObject({ key, value, ifMatch });
const deleteItem = v.strictObject({ key, ifMatch: v.optional(text(200)) });

export const siteMethods = {
  connect: {
    about:
      "Asks the person for access, signing in first where that is needed, and answers what they gave, which may be less. Answers at once when they have decided on as much before.",
    needs: null,
    params: v.strictObject({
      files: access,
      items: access,
      folder: v.optional(v.nullable(path), null),
      ownItems: v.optional(v.boolean(), false),
      reason: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
    }),
    answer: "Permissions",
  },
  permissions: {
    about: "What the site may do, and until when.",
    needs: null,
    params: v.optional(v.strictObject({}), {}),
    answer: "Permissions",
  },
  "items.get": {
    about: "One item; null when there is none.",
    needs: { what: "items", access: "read" },
    params: v.strictObject({ key }),
    answer: "Item | null",
  },
  "items.put": {
    about: "Writes an item whole. Without `ifMatch` it replaces what is there.",
    needs: { what: "items", access: "write" },
    params: putItem,
    answer: "{ version: string }",
  },
  "items.update": {
    about: "Sets and removes attributes of an item and leaves the others; writes it when there is none.",
    needs: { what: "items", access: "write" },
    params: v.strictObject({
      key,
      set: v.optional(value, {}),
      remove: v.optional(v.pipe(v.array(text(255)), v.maxLength(100)), []),
      ifMatch,
    }),
    answer: "Item",
  },
  "items.delete": {
    about: "Deletes an item; nothing happens when there is none.",
    needs: { what: "items", access: "write" },
    params: deleteItem,
    answer: "null",
  },
  "items.query": {
    about: "A page of items, in the order of their keys' bytes.",
    needs: { what: "items", access: "read" },
    params: v.strictObject({
      prefix,
      limit,
      descending: v.optional(v.boolean(), false),
      cursor,
    }),
    answer: "{ items: Item[]; cursor: string | null }",
  },
  "items.batch": {
    about: "Up to 25 operations side by side. Each succeeds or fails by itself, and answers in its place.",
    needs: { what: "items", access: "read" },
    params: v.strictObject({
      operations: v.pipe(
        v.array(
          v.union([
            v.strictObject({ get: v.strictObject({ key }) }),
            v.strictObject({ put: putItem }),
            v.strictObject({ delete: deleteItem }),
          ]),
        ),
        v.minLength(1),
        v.maxLength(mostInBatch),
      ),
    }),
    answer: "BatchAnswer[]",
  },
  "files.get": {
    about: "A file's bytes, or a range of them: `end` is the first byte that is left out.",
    needs: { what: "files", access: "read" },
    params: v.strictObject({
      path,
      start: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      end: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
      ifMatch: v.optional(text(200)),
    }),
    answer: "FileBytes",
  },
  "files.put": {
    about: "Writes a file. Without `ifMatch` it replaces what is there. It is stored when the answer comes.",
    needs: { what: "files", access: "write" },
    params: v.strictObject({
      path,
      body: v.blob(),
      type: v.optional(v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,200}$/))),
      ifMatch,
    }),
    answer: "FileInfo",
  },
  "files.delete": {
    about: "Deletes a file; nothing happens when there is none.",
    needs: { what: "files", access: "write" },
    params: v.strictObject({ path, ifMatch: v.optional(text(200)) }),
    answer: "null",
  },
  "files.list": {
    about:
      "A page of files, in the order of their paths' bytes; with `folders`, those below a slash are named by their folder.",
    needs: { what: "files", access: "read" },
    params: v.strictObject({ prefix, limit, cursor, folders: v.optional(v.boolean(), false) }),
    answer: "{ files: FileInfo[]; folders: string[]; cursor: string | null }",
  },
  "files.head": {
    about: "What is known of a file without its bytes; null when there is none.",
    needs: { what: "files", access: "read" },
    params: v.strictObject({ path }),
    answer: "FileInfo | null",
  },
} as const satisfies Record<string, Method>;

export type SiteMethods = typeof siteMethods;
export type SiteMethod = keyof SiteMethods;
export type SiteParams<M extends SiteMethod> = v.InferOutput<SiteMethods[M]["params"]>;
