/** How many requests are remembered. */
const CAPACITY = 200_000;

/** One request that a server of the local AWS answered. Holds no header, and of the query no more than is named here: no secret. */
export interface LoggedRequest {
  /** Running number, from 1. */
  n: number;
  service: "issuer" | "sts" | "s3" | "dynamodb" | "cognito-identity" | "directory";
  operation: string;
  /** HTTP status; 0 when the connection ended without an answer. */
  status: number;
  /** The error code of the answer, for example `AccessDenied`. */
  code: string | null;
  /** The subject that asked; null when nobody was recognised. `sts`, `cognito-identity` or `directory` where
   * one of those asks the issuer. */
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
  /** In order of their numbers, without a gap. */
  #entries: LoggedRequest[] = [];
  #count = 0;
  readonly #counts = new Map<string, number>();

  add(entry: Omit<LoggedRequest, "n">): void {
    this.#count += 1;
    this.#entries.push({ n: this.#count, ...entry });
    if (this.#entries.length > 2 * CAPACITY) this.#entries = this.#entries.slice(-CAPACITY);
    const name = `${entry.operation} ${entry.status}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Requests with a number above `n`, oldest first; of one operation when it is given. */
  since(n: number, operation: string | null = null): LoggedRequest[] {
    const first = this.#entries[0]?.n ?? 0;
    const later = this.#entries.slice(Math.max(0, n + 1 - first));
    return operation === null ? later : later.filter((entry) => entry.operation === operation);
  }

  /** How many requests there were, by operation and status. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** Forgets all; the numbers go on. */
  clear(): void {
    this.#entries = [];
    this.#counts.clear();
  }
}
