import type { Operation } from "../context.ts";
import { xmlDate } from "../requests/headers.ts";
import { integerParameter } from "../requests/integer-parameter.ts";
import { invalidArgument } from "../s3-error.ts";
import { afterPrefix, keyOrder } from "../store/key-order.ts";
import type { ObjectStore } from "../store/object-store.ts";
import type { Version } from "../store/records.ts";
import { answerXml } from "../xml/answer-xml.ts";
import type { XmlElements } from "../xml/write-xml.ts";
import { commonPrefixOf } from "./list-keys.ts";
import { ownerOf } from "./list-objects-v2.ts";
import { keyEncoder } from "./url-encoding.ts";

interface VersionQuery {
  prefix: string;
  delimiter: string;
  keyMarker: string;
  versionIdMarker: string | null;
  limit: number;
}

interface VersionPage {
  entries: { version: Version; isLatest: boolean }[];
  commonPrefixes: string[];
  /** Null on the last page. */
  next: { key: string; versionId: string | null } | null;
}

/** ListObjectVersions: every version and delete marker, keys in UTF-8 order, the newest version of a key first. */
export const listObjectVersions: Operation = async (context, { query }) => {
  const wanted = readQuery(query);
  const encode = keyEncoder(query);
  const { entries, commonPrefixes, next } = listVersions(context.store, wanted);
  const head: XmlElements = {
    Name: context.bucket,
    Prefix: encode(wanted.prefix),
    KeyMarker: encode(wanted.keyMarker),
    VersionIdMarker: wanted.versionIdMarker ?? "",
    NextKeyMarker: next === null ? undefined : encode(next.key),
    NextVersionIdMarker: next?.versionId ?? undefined,
    MaxKeys: wanted.limit,
    Delimiter: wanted.delimiter === "" ? undefined : encode(wanted.delimiter),
    EncodingType: query.get("encoding-type") ?? undefined,
    IsTruncated: next !== null,
  };
  const owner = ownerOf(context.accountId);
  return answerXml("ListVersionsResult", [
    head,
    ...entries.map(({ version, isLatest }) => describe(version, isLatest, encode, owner)),
    ...commonPrefixes.map((common) => ({ CommonPrefixes: { Prefix: encode(common) } })),
  ]);
};

/** @throws AwsError `InvalidArgument` */
function readQuery(query: URLSearchParams): VersionQuery {
  const keyMarker = query.get("key-marker") ?? "";
  const versionIdMarker = query.get("version-id-marker");
  if (versionIdMarker !== null && versionIdMarker !== "" && keyMarker === "") {
    const message = "A version-id marker cannot be specified without a key marker.";
    throw invalidArgument(message, "version-id-marker", versionIdMarker);
  }
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    keyMarker,
    versionIdMarker: versionIdMarker || null,
    limit: integerParameter(query, "max-keys", 1000),
  };
}

function listVersions({ index }: ObjectStore, wanted: VersionQuery): VersionPage {
  const { prefix, delimiter, keyMarker, versionIdMarker, limit } = wanted;
  const page: VersionPage = { entries: [], commonPrefixes: [], next: null };
  let position = index.firstAfter(keyOrder(prefix), true);
  if (keyMarker !== "") position = Math.max(position, index.firstAfter(startAfter(wanted), versionIdMarker !== null));
  let last: VersionPage["next"] = null;
  const isFull = () => page.entries.length + page.commonPrefixes.length >= limit;
  for (let history = index.at(position); history?.key.startsWith(prefix); history = index.at(position)) {
    const common = commonPrefixOf(history.key, prefix, delimiter);
    if (common !== null) {
      if (isFull()) return { ...page, next: last };
      page.commonPrefixes.push(common);
      last = { key: common, versionId: null };
      position = index.firstAfter(afterPrefix(common));
      continue;
    }
    // A marker that was deleted since the page before: what is left of the key comes after it.
    const marked =
      history.key === keyMarker ? history.versions.findIndex((version) => version.versionId === versionIdMarker) : -1;
    for (const version of history.versions.slice(marked + 1)) {
      if (isFull()) return { ...page, next: last };
      page.entries.push({ version, isLatest: version === history.versions[0] });
      last = { key: version.key, versionId: version.versionId };
    }
    position++;
  }
  return page;
}

/** A key marker that is itself a common prefix stands for all of its keys. */
function startAfter({ prefix, delimiter, keyMarker, versionIdMarker }: VersionQuery): string {
  const isCommonPrefix =
    versionIdMarker === null &&
    keyMarker.startsWith(prefix) &&
    commonPrefixOf(keyMarker, prefix, delimiter) === keyMarker;
  return isCommonPrefix ? afterPrefix(keyMarker) : keyOrder(keyMarker);
}

function describe(
  version: Version,
  isLatest: boolean,
  encode: (key: string) => string,
  owner: XmlElements,
): XmlElements {
  const common = {
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: isLatest,
    LastModified: xmlDate(version.modified),
  };
  if (version.kind === "marker") return { DeleteMarker: { ...common, Owner: owner } };
  return {
    Version: {
      ...common,
      ETag: `"${version.etag}"`,
      ChecksumAlgorithm: version.checksum?.algorithm,
      ChecksumType: version.checksum?.type,
      Size: version.size,
      StorageClass: version.storageClass,
      Owner: owner,
    },
  };
}
