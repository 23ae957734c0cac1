import type { Taken } from "../../taken.ts";
import { sha256Hex } from "../sha256.ts";

/** Text as a file in UTF-8. @param type media type without parameters, for example `text/markdown` */
export async function textFile(parts: BlobPart[], type: string, extension: string, missing = 0): Promise<Taken> {
  // Told apart from what the browser would guess when the file is shown.
  const full = `${type};charset=utf-8`;
  const bytes = new Blob(parts, { type: full });
  return { bytes, type: full, extension, sha256: await sha256Hex(bytes), dimensions: null, name: "", missing };
}
