import type { ItemRow } from "../messaging/view.ts";
import type { Attributes } from "../shared/attribute-value.ts";
import type { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { type CredentialSource, createDynamoDbClient, createS3Client } from "./clients.ts";
import { deleteFile, undeleteFile } from "./files/delete-file.ts";
import { type FileHead, headFile } from "./files/head-file.ts";
import { type FilePage, type ListFilesInput, listFiles } from "./files/list-files.ts";
import { listParts, type StoredPart } from "./files/list-parts.ts";
import { contextOf, type ObjectStore, usesChecksums } from "./files/object-store.ts";
import { type SignCopyInput, type SignPutInput, signCopy, signGet, signPut } from "./files/sign-object.ts";
import type { ObjectAction, SignedRequest } from "./files/sign-request.ts";
import {
  type SignCompleteUploadInput,
  type SignCreateUploadInput,
  type SignUploadPartInput,
  signAbortUpload,
  signCompleteUpload,
  signCreateUpload,
  signUploadPart,
} from "./files/sign-upload.ts";
import type { ItemTable } from "./items/item-table.ts";
import { type ItemVersions, itemVersions } from "./items/item-versions.ts";
import { type ListItemsInput, listItems } from "./items/list-items.ts";
import { getItem } from "./items/read-item.ts";
import { deleteIndexItem, type SaveIndexItemInput, saveIndexItem } from "./items/write-index-item.ts";
import { createItem, deleteItem, type SaveItemInput, saveItem } from "./items/write-item.ts";
import { checkIdentity } from "./keys.ts";
import { mapS3Response } from "./map-error.ts";
import { createSender } from "./sender.ts";

/** One person's storage. Everything in it rejects with HoldallErrors; nothing in it reaches outside the identity's own area. */
export interface Storage {
  items: {
    list(input?: ListItemsInput): Promise<{ items: ItemRow[]; cursor: string | null }>;
    get(sortKey: string): Promise<ItemRow>;
    save(input: SaveItemInput): Promise<ItemRow>;
    delete(input: { sortKey: string; basis: Attributes }): Promise<void>;
    /** For Holdall's own sort keys, `holdall#…`. */
    putIndexItem(sortKey: string, attributes: Attributes): Promise<void>;
    saveIndexItem(input: SaveIndexItemInput): Promise<ItemRow>;
    deleteIndexItem(input: { sortKey: string; basis: Attributes }): Promise<void>;
    /** Items by version, for connected sites: each is one request, and tells what was there before. */
    versions: ItemVersions;
  };
  files: {
    list(input: ListFilesInput): Promise<FilePage>;
    head(path: string, versionId?: string): Promise<FileHead>;
    /** @param input.etag null: whatever is there */
    delete(input: { path: string; etag: string | null }): Promise<{ deleteMarker: string | null }>;
    undelete(input: { path: string; deleteMarker: string }): Promise<void>;
    /** False for stores that know no CRC-32. */
    readonly checksums: boolean;
    signPut(input: SignPutInput): Promise<SignedRequest>;
    signGet(input: { path: string; etag?: string | null; range?: string }): Promise<SignedRequest>;
    signCopy(input: SignCopyInput): Promise<SignedRequest>;
    signCreateUpload(input: SignCreateUploadInput): Promise<SignedRequest>;
    signUploadPart(input: SignUploadPartInput): Promise<SignedRequest>;
    signCompleteUpload(input: SignCompleteUploadInput): Promise<SignedRequest>;
    signAbortUpload(input: { path: string; uploadId: string }): Promise<SignedRequest>;
    listParts(input: { path: string; uploadId: string }): Promise<StoredPart[]>;
    /**
     * The error that the answer to a signed request means, also of one with status 200 that carries an error. Header names in
     * lower case.
     */
    explain(
      answer: { status: number; headers: Record<string, string>; bodyText: string },
      request: { action: ObjectAction; path: string },
    ): HoldallError;
  };
}

export interface StorageInput {
  profile: Profile;
  identity: string;
  /** The partition key of the items, where it is not the identity: that of a connected site. */
  partition?: string;
  /** Must give the credentials of this identity in this profile, or reject: never somebody else's. */
  credentials: CredentialSource;
  fetch?: typeof fetch;
}

/**
 * The folder and the items of one identity in one profile. Clients are made at first use: most wakings of the worker need
 * one of them or none.
 * @throws HoldallError `identity-refused`
 */
export function createStorage(input: StorageInput): Storage {
  const { profile, identity, credentials } = input;
  checkIdentity(identity);
  const send = input.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  const table: ItemTable = {
    profile,
    partition: input.partition ?? identity,
    client: once(() => createDynamoDbClient(profile, credentials, send)),
    send: createSender(credentials),
  };
  const store: ObjectStore = {
    profile,
    identity,
    client: once(() => createS3Client(profile, credentials, send)),
    send: createSender(credentials),
  };
  return {
    items: {
      list: (query) => listItems(table, query),
      get: (sortKey) => getItem(table, sortKey),
      save: (item) => saveItem(table, item),
      delete: (item) => deleteItem(table, item),
      putIndexItem: async (sortKey, attributes) => void (await createItem(table, sortKey, attributes)),
      saveIndexItem: (item) => saveIndexItem(table, item),
      deleteIndexItem: (item) => deleteIndexItem(table, item),
      versions: itemVersions(table),
    },
    files: {
      list: (query) => listFiles(store, query),
      head: (path, versionId) => headFile(store, path, versionId),
      delete: (file) => deleteFile(store, file),
      undelete: (file) => undeleteFile(store, file),
      checksums: usesChecksums(store),
      signPut: (file) => signPut(store, file),
      signGet: (file) => signGet(store, file),
      signCopy: (copy) => signCopy(store, copy),
      signCreateUpload: (upload) => signCreateUpload(store, upload),
      signUploadPart: (part) => signUploadPart(store, part),
      signCompleteUpload: (upload) => signCompleteUpload(store, upload),
      signAbortUpload: (upload) => signAbortUpload(store, upload),
      listParts: (upload) => listParts(store, upload),
      explain: ({ status, headers, bodyText }, { action, path }) => {
        const error = mapS3Response(status, headers, bodyText, contextOf(store, action, path));
        const time = Date.parse(headers.date ?? "");
        // The SDK has not seen the answer: the next request is signed at AWS's time.
        if (error.code === "clock-wrong" && !Number.isNaN(time)) {
          store.client().config.systemClockOffset = time - Date.now();
        }
        return error;
      },
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
