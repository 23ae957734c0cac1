import { type _Object as ListedObject, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { FileRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { hostOf } from "../host-of.ts";
import { folderPrefix, pathOfKey } from "../keys.ts";
import { contextOf, type ObjectStore } from "./object-store.ts";

export interface ListFilesInput {
  /** "" or a path that ends with a slash. */
  prefix: string;
  /** From the page before. */
  cursor?: string | null | undefined;
  /** Everything below the prefix, without folders. */
  flat?: boolean | undefined;
  /** With the folder's own marker: a file whose path is the prefix. */
  markers?: boolean | undefined;
  /** Names a page, at most 1,000. */
  limit?: number | undefined;
}

export interface FilePage {
  files: FileRow[];
  /** Paths that end with a slash. */
  folders: string[];
  cursor: string | null;
}

/**
 * One page of a folder, up to 1,000 names, in the order of their bytes: ListObjectsV2.
 * Names come percent-encoded, since XML 1.0 cannot hold every character that a key can.
 * @throws HoldallError `name-*` for the prefix, `message-invalid` for a cursor that is none, and what `mapAwsError` makes of AWS's
 *   errors
 */
export async function listFiles(store: ObjectStore, input: ListFilesInput): Promise<FilePage> {
  const page = await listPage(store, input);
  if (input.markers === true) return page;
  // Without the marker that consoles put where a folder should be: a file of no name.
  return { ...page, files: page.files.filter((row) => row.path !== input.prefix) };
}

/** Whether an object is there. Unlike HEAD, a listing tells absence from denial. @throws HoldallError as `listFiles` */
export async function isListed(store: ObjectStore, path: string): Promise<boolean> {
  // A name comes before all longer ones that begin with it.
  const { files } = await listPage(store, { prefix: path, flat: true });
  return files.some((row) => row.path === path);
}

async function listPage(store: ObjectStore, { prefix, cursor, flat, limit }: ListFilesInput): Promise<FilePage> {
  const command = new ListObjectsV2Command({
    Bucket: store.profile.bucket.name,
    Prefix: folderPrefix(store.identity, prefix),
    EncodingType: "url",
    ...(limit !== undefined && { MaxKeys: limit }),
    ...(flat !== true && { Delimiter: "/" }),
    ...(cursor ? { ContinuationToken: cursor } : {}),
  });
  const answer = await store
    .send(contextOf(store, "ListBucket"), () => store.client().send(command))
    .catch((error) => {
      // The token is the one argument that others choose freely.
      const isToken = cursor && error instanceof HoldallError && error.facts.awsCode === "InvalidArgument";
      throw isToken
        ? new HoldallError("message-invalid", { subs: ["cursor"], detail: "cursor" }, { cause: error })
        : error;
    });
  if (answer.IsTruncated === undefined) {
    throw new HoldallError("not-aws", { subs: [hostOf("s3", store.profile)], service: "s3" });
  }
  // A store that does not know the parameter does not repeat it, and its names are as they are.
  const decode = answer.EncodingType === "url" ? decodeName : (name: string) => name;
  const pathOf = (key: string | undefined) => pathOfKey(store.identity, decode(key ?? ""));
  return {
    files: (answer.Contents ?? []).map((object) => rowOf(pathOf(object.Key), object)),
    folders: (answer.CommonPrefixes ?? []).map((common) => pathOf(common.Prefix)),
    cursor: answer.IsTruncated ? (answer.NextContinuationToken ?? null) : null,
  };
}

function rowOf(path: string, object: ListedObject): FileRow {
  return {
    path,
    size: object.Size ?? 0,
    modifiedAt: object.LastModified?.getTime() ?? 0,
    etag: object.ETag ?? "",
  };
}

/** S3 encodes as in forms: a plus is a space. */
function decodeName(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll("+", " "));
}
