/** How many requests are remembered. */
const CAPACITY = 20_000;

/** One request that a server of the local AWS answered. Holds no header, and of the query no more than is named here: no secret. */
export interface LoggedRequest {
  /** Running number, from 1. */
  n: number;
  service: "issuer" | "sts" | "s3" | "dynamodb";
  operation: string;
  /** HTTP status; 0 when the connection ended without an answer. */
  status: number;
  /** The error code of the answer, for example `AccessDenied`. */
  code: string | null;
  /** The subject that asked; null when nobody was recognised. `sts` where STS asks the issuer. */
  identity: string | null;
  /** The object key, or the item's partition keys. */
  key?: string;
  /** Of a request that belongs to a multipart upload. */
  uploadId?: string;
  /** Of UploadPart, from 1. */
  partNumber?: number;
  bytesIn: number;
  bytesOut: number;
  /** Milliseconds since 1970, when the request arrived. */
  at: number;
  /** How long it took. */
  ms: number;
}

/** The latest requests, for tests and benchmarks that count them. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  add(entry: Omit<LoggedRequest, "n">): void {
    this.#count += 1;
    this.#entries.push({ n: this.#count, ...entry });
    if (this.#entries.length > 2 * CAPACITY) this.#entries = this.#entries.slice(-CAPACITY);
  }

  /** Requests with a number above `n`, oldest first. */
  since(n: number): LoggedRequest[] {
    return this.#entries.filter((entry) => entry.n > n);
  }

  /** Forgets all; the numbers go on. */
  clear(): void {
    this.#entries = [];
  }
}
