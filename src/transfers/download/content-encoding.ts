/** Codings that browsers undo before they hand out the bytes (Fetch, "handle content codings"; `compress`: Firefox). */
const undone = ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"];

/**
 * Whether bytes stored under this `Content-Encoding` arrive decoded: then sizes and checksums of what S3 stores say nothing of
 * them, and a range of them cannot be decoded at all. `aws-chunked`, which some stores keep, is no coding of the content.
 */
export function arrivesDecoded(contentEncoding: string | null | undefined): boolean {
  const codings = (contentEncoding ?? "").toLowerCase().split(",");
  return codings.some((coding) => undone.includes(coding.trim()));
}
