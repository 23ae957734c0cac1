/** Where a peer uploads to: the folder and the credentials that Holdall has too. */
export interface StorageTarget {
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  region: string;
  /** Origin of S3; the bucket is the first part of the path. */
  endpoint: string;
  bucket: string;
}

/** Bytes of a part and requests at once, where a peer lets itself be told. */
export interface Cut {
  partSize: number;
  atOnce: number;
}
