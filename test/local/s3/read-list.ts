import { XMLParser } from "fast-xml-parser";
import type { S3World } from "./s3-world.ts";

const LISTS = ["Contents", "CommonPrefixes", "Version", "DeleteMarker", "Upload", "Part", "Deleted", "Error", "Tag"];
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 100_000_000 },
  // <DeleteMarker> is an entry of a version list, and a flag in the answer to a batch deletion.
  isArray: (name, _, isLeaf) => LISTS.includes(name) && !isLeaf,
});

export type Fields = Partial<Record<string, string>>;

type ListName = "Contents" | "CommonPrefixes" | "Version" | "DeleteMarker" | "Upload" | "Part" | "Deleted" | "Error";
type TextName =
  | "ChecksumAlgorithm"
  | "ChecksumCRC32"
  | "ChecksumType"
  | "ETag"
  | "IsTruncated"
  | "KeyCount"
  | "NextContinuationToken"
  | "NextKeyMarker"
  | "NextPartNumberMarker"
  | "NextUploadIdMarker"
  | "NextVersionIdMarker"
  | "UploadId";
export type Document = { [Name in ListName]?: Fields[] } & { [Name in TextName]?: string } & {
  TagSet?: { Tag?: Fields[] } | "";
};

/** The elements of an S3 document, without its root. Repeated elements are lists. */
export function readDocument(text: string): Document {
  const { "?xml": _, ...roots } = parser.parse(text);
  const [content] = Object.values(roots);
  return content as Document;
}

/** Decodes what `encoding-type=url` wrote. */
export function decodeListed(text: string | undefined): string {
  return decodeURIComponent((text ?? "").replaceAll("+", " "));
}

/** Follows ListObjectsV2 to its end; one entry per page. */
export async function listPages(
  world: S3World,
  query: Record<string, string>,
): Promise<{ keys: string[]; prefixes: string[] }[]> {
  const pages = [];
  let token: string | undefined;
  do {
    const paging: Record<string, string> = token === undefined ? {} : { "continuation-token": token };
    const answer = await world.call({ query: { "list-type": "2", "encoding-type": "url", ...query, ...paging } });
    if (answer.status !== 200) throw new Error(answer.text);
    const list = readDocument(answer.text);
    const keys = (list.Contents ?? []).map((entry) => decodeListed(entry.Key));
    const prefixes = (list.CommonPrefixes ?? []).map((entry) => decodeListed(entry.Prefix));
    if (list.KeyCount !== String(keys.length + prefixes.length)) throw new Error("KeyCount is wrong");
    pages.push({ keys, prefixes });
    token = list.NextContinuationToken;
    if ((list.IsTruncated === "true") !== (token !== undefined))
      throw new Error("IsTruncated disagrees with the token");
    if (pages.length > 10_000) throw new Error("The list does not end");
  } while (token !== undefined);
  return pages;
}
