import { blobOf, isView, NativeArrayBuffer, NativeBlob, NativeReadableStream, NativeResponse } from "./intrinsics.ts";

/** A body as the one form that crosses without being copied: from a Blob, bytes, a text, or a stream, which is read to its end. */
export async function asBlob(body: unknown): Promise<Blob> {
  if (body instanceof NativeBlob) return body;
  if (!(body instanceof NativeReadableStream)) {
    const plain = new NativeBlob([body as BlobPart]);
    return typeof body === "string" ? new NativeBlob([plain], { type: "text/plain;charset=utf-8" }) : plain;
  }
  return await blobOf(new NativeResponse(body as ReadableStream<Uint8Array<ArrayBuffer>>));
}

/** Is it something that `asBlob` makes a body of? */
export function isBody(body: unknown): boolean {
  return (
    typeof body === "string" ||
    body instanceof NativeBlob ||
    body instanceof NativeReadableStream ||
    body instanceof NativeArrayBuffer ||
    isView(body)
  );
}
