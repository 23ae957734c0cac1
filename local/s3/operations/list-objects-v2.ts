import { createHash } from "node:crypto";
import type { Operation } from "../context.ts";
import { xmlDate } from "../requests/headers.ts";
import { integerParameter } from "../requests/integer-parameter.ts";
import { invalidArgument } from "../s3-error.ts";
import type { ObjectVersion } from "../store/records.ts";
import { writeXml, type XmlElements } from "../xml/write-xml.ts";
import { type ListEntry, listKeys } from "./list-keys.ts";
import { keyEncoder } from "./url-encoding.ts";

/** ListObjectsV2: one page of current objects and common prefixes, in UTF-8 order. */
export const listObjectsV2: Operation = async (context, { query }) => {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const maxKeys = integerParameter(query, "max-keys", 1000);
  const encode = keyEncoder(query);
  const page = listKeys(context.store, {
    prefix,
    delimiter,
    after: token !== null ? decodeToken(token) : startAfter ? { name: startAfter, isCommonPrefix: false } : null,
    limit: maxKeys,
  });
  const withOwner = query.get("fetch-owner") === "true";
  const body = writeXml("ListBucketResult", {
    Name: context.bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: query.get("encoding-type") ?? undefined,
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: page.last !== null,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.last === null ? undefined : encodeToken(page.last),
    StartAfter: startAfter === null ? undefined : encode(startAfter),
    Contents: page.objects.map((version) =>
      contents(version, encode, withOwner ? ownerOf(context.accountId) : undefined),
    ),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  });
  return { status: 200, headers: { "content-type": "application/xml" }, body };
};

/** The canonical user id of an account: 64 hexadecimal digits. */
export function ownerOf(accountId: string): XmlElements {
  return { ID: createHash("sha256").update(accountId).digest("hex") };
}

function contents(
  version: ObjectVersion,
  encode: (key: string) => string,
  owner: XmlElements | undefined,
): XmlElements {
  return {
    Key: encode(version.key),
    LastModified: xmlDate(version.modified),
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: version.checksum?.algorithm,
    ChecksumType: version.checksum?.type,
    Size: version.size,
    StorageClass: version.storageClass,
    Owner: owner,
  };
}

/** Opaque to the client, like S3's: the last entry of the page. */
function encodeToken({ name, isCommonPrefix }: ListEntry): string {
  return `${isCommonPrefix ? "p" : "k"}${Buffer.from(name).toString("base64url")}`;
}

/** @throws AwsError `InvalidArgument` */
function decodeToken(token: string): ListEntry {
  const entry = {
    name: Buffer.from(token.slice(1), "base64url").toString("utf8"),
    isCommonPrefix: token.startsWith("p"),
  };
  if (encodeToken(entry) !== token) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  }
  return entry;
}
