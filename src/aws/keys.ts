/**
 * The one module that builds and checks object keys and sort keys. Every key that leaves for AWS went through here, so a
 * path can never mean something outside `<identity>/`. IAM says the same again: this wall exists so that the reason is told
 * in words, and so that no URL parser gets the chance to change a key on its way.
 */
import { checkPath } from "../shared/check-path.ts";
import { HoldallError } from "../shared/holdall-error.ts";

/** Bytes of UTF-8: DynamoDB's limit. */
const longestSortKey = 1024;
/** OpenID Connect Core 1.0, section 2: `sub` is at most 255 characters. */
const longestIdentity = 255;
const reservedSortKeys = "holdall#";

const utf8 = new TextEncoder();
const controlCharacter = /\p{Cc}/u;
/** What S3 keys, IAM patterns and policy variables give a meaning to. The trust policy refuses the same subjects. */
const identityMark = /[/*?$#]/;

/** Half of a surrogate pair: UTF-8 cannot write it, and an encoder would put U+FFFD in its place. */
const loneSurrogate = /\p{Cs}/u;

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/**
 * An identity that can be a partition key and the first segment of a key.
 * @throws HoldallError `identity-refused`
 */
export function checkIdentity(id: string): void {
  const refused =
    id.length === 0 ||
    id.length > longestIdentity ||
    id === "." ||
    id === ".." ||
    identityMark.test(id) ||
    controlCharacter.test(id) ||
    loneSurrogate.test(id);
  if (refused) throw new HoldallError("identity-refused", { subs: [id] });
}

/**
 * The key of a new object: `<identity>/<path>`. `path` is kept as it is, also composed and decomposed characters: S3
 * compares bytes, and a name that was changed would be another object.
 * @throws HoldallError `identity-refused`, `name-empty`, `name-dot-segment`, `name-leading-slash`, `name-control-character`,
 *   `name-too-long`, `name-malformed`
 */
export function objectKey(identity: string, path: string): string {
  const key = existingKey(identity, path);
  if (path.split("/").includes("")) throw new HoldallError("name-empty");
  return key;
}

/**
 * The key of an object that is there already. Unlike `objectKey` it takes empty segments (`a//b`, `photos/`): other tools
 * write such keys, and their owner must be able to save and delete them.
 * @throws HoldallError as `objectKey`, `name-empty` for an empty path only
 */
export function existingKey(identity: string, path: string): string {
  if (path === "") throw new HoldallError("name-empty");
  return folderPrefix(identity, path);
}

/**
 * The `Prefix` of a listing. Never without `<identity>/`: a prefix lacking the slash would also match `<identity>2/…`.
 * @param prefix "" for the whole folder, else a path that usually ends with a slash
 * @throws HoldallError as `objectKey`, without `name-empty`
 */
export function folderPrefix(identity: string, prefix: string): string {
  checkIdentity(identity);
  checkPath(identity, prefix);
  return `${identity}/${prefix}`;
}

/**
 * The path that a listed key has inside the folder of `identity`.
 * @throws HoldallError `internal` when the key lies in another folder: an answer to a listing never holds one.
 */
export function pathOfKey(identity: string, key: string): string {
  checkIdentity(identity);
  if (!key.startsWith(`${identity}/`)) throw new HoldallError("internal", { subs: ["a key of another folder"] });
  return key.slice(identity.length + 1);
}

/**
 * A sort key that DynamoDB takes: 1–1,024 bytes (DynamoDB Developer Guide, "Quotas: partition keys and sort keys").
 * @throws HoldallError `item-key-empty`, `item-key-too-long`, `item-invalid` for half a surrogate pair
 */
export function checkSortKey(sortKey: string): void {
  if (sortKey === "") throw new HoldallError("item-key-empty");
  if (loneSurrogate.test(sortKey)) {
    throw new HoldallError("item-invalid", { subs: ["sort key", "holds half of a surrogate pair"] });
  }
  const bytes = byteLength(sortKey);
  if (bytes > longestSortKey) throw new HoldallError("item-key-too-long", { subs: [String(bytes)] });
}

/** Whether Holdall keeps its own items under this sort key: the person may see and delete them, not edit them. */
export function isReservedSortKey(sortKey: string): boolean {
  return sortKey.startsWith(reservedSortKeys);
}
