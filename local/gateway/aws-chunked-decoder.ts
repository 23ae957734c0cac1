import { Transform, type TransformCallback } from "node:stream";
import { AwsError } from "../service.ts";
import type { ChunkSignatures } from "./chunk-signatures.ts";

/** Bytes of one header line of a chunk, or of all trailers together. */
const LINE_LIMIT = 16 * 1024;
const LF = 0x0a;

/**
 * Takes the aws-chunked framing off a body.
 *
 *     size line ──▶ data ──▶ CRLF ──▶ size line …      size 0 ──▶ trailer lines ──▶ empty line ──▶ over
 *
 * Fails with AwsError: `IncompleteBody` when it ends early, `InvalidChunkSizeError` for broken framing,
 * `SignatureDoesNotMatch` for a wrong chunk signature.
 */
export class AwsChunkedDecoder extends Transform {
  #state: "size" | "data" | "dataEnd" | "trailers" | "over" = "size";
  #line = "";
  #left = 0;
  #chunkSignature = "";
  #trailerLines: string[] = [];
  #trailerBytes = 0;

  /**
   * @param signatures null when chunks are not signed
   * @param trailers filled with lower-case names when the body has ended
   */
  constructor(
    private readonly signatures: ChunkSignatures | null,
    private readonly trailers: Record<string, string>,
  ) {
    super();
  }

  override _transform(input: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let rest = input;
      while (rest.length > 0) rest = this.#state === "data" ? this.#takeData(rest) : this.#takeLine(rest);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(
      this.#state === "over" ? null : new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly"),
    );
  }

  #takeData(input: Buffer): Buffer {
    const data = input.subarray(0, this.#left);
    this.#left -= data.length;
    this.signatures?.update(data);
    this.push(data);
    if (this.#left === 0) {
      this.signatures?.endChunk(this.#chunkSignature);
      this.#state = "dataEnd";
    }
    return input.subarray(data.length);
  }

  #takeLine(input: Buffer): Buffer {
    if (this.#state === "over") throw broken("There is data behind the last chunk.");
    const end = input.indexOf(LF);
    this.#line += input.toString("latin1", 0, end === -1 ? input.length : end);
    if (this.#line.length > LINE_LIMIT) throw broken("A chunk's header line is too long.");
    if (end === -1) return input.subarray(input.length);
    const line = this.#line;
    this.#line = "";
    if (!line.endsWith("\r") && this.#state !== "trailers")
      throw broken("A chunk's header line does not end with CRLF.");
    this.#endLine(line.replace(/\r$/, ""));
    return input.subarray(end + 1);
  }

  #endLine(line: string): void {
    if (this.#state === "size") this.#beginChunk(line);
    else if (this.#state === "dataEnd") {
      if (line !== "") throw broken("A chunk is longer than its size.");
      this.#state = "size";
    } else if (line === "") this.#endTrailers();
    else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > LINE_LIMIT) throw broken("The trailers are too long.");
      this.#trailerLines.push(line);
    }
  }

  #beginChunk(line: string): void {
    const [, size, given] = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
    if (size === undefined) throw broken("A chunk's size cannot be read.");
    if (this.signatures !== null && given === undefined) throw broken("A chunk has no signature.");
    this.#chunkSignature = given ?? "";
    this.#left = Number.parseInt(size, 16);
    this.#state = "data";
    if (this.#left > 0) return;
    this.signatures?.endChunk(this.#chunkSignature);
    this.#state = "trailers";
  }

  #endTrailers(): void {
    const last = this.#trailerLines.at(-1);
    const [, given] = /^x-amz-trailer-signature:\s*([0-9a-f]{64})$/.exec(last ?? "") ?? [];
    if (given !== undefined) this.#trailerLines.pop();
    if (this.#trailerLines.length > 0) this.signatures?.endTrailers(this.#trailerLines, given ?? "");
    for (const line of this.#trailerLines) {
      const colon = line.indexOf(":");
      if (colon < 1) throw broken("A trailer cannot be read.");
      this.trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    }
    this.#state = "over";
  }
}

function broken(message: string): AwsError {
  return new AwsError("InvalidChunkSizeError", 400, message);
}
