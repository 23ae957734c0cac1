import { Sha256Js, Sha256WebCrypto } from "@smithy/core/checksum";

/** Bytes up to which hashing here takes less time than the way to WebCrypto's thread and back. */
const small = 16_384;

/**
 * SHA-256 and HMAC-SHA-256 for the SDK's signatures. A signature hashes six short texts: with WebCrypto that is six trips to
 * another thread, half of what an item costs beyond the request itself.
 */
export class QuickSha256 {
  private parts: Uint8Array[] = [];
  private size = 0;

  /** @param secret makes it an HMAC */
  constructor(private readonly secret?: ConstructorParameters<typeof Sha256Js>[0]) {}

  update(data: Uint8Array): void {
    // A copy: the caller may use its buffer again before the digest.
    this.parts.push(data.slice());
    this.size += data.byteLength;
  }

  async digest(): Promise<Uint8Array> {
    const hash = this.size <= small ? new Sha256Js(this.secret) : new Sha256WebCrypto(this.secret);
    for (const part of this.parts) hash.update(part);
    return await hash.digest();
  }

  reset(): void {
    this.parts = [];
    this.size = 0;
  }
}
