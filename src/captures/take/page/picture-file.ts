import { imageSize } from "../../image-size.ts";
import type { Taken } from "../../taken.ts";
import { sha256Hex } from "../sha256.ts";

/** A PNG as what was taken. */
export async function pictureFile(bytes: Blob): Promise<Taken> {
  const head = new Uint8Array(await bytes.slice(0, 64).arrayBuffer());
  return {
    bytes,
    type: "image/png",
    extension: "png",
    sha256: await sha256Hex(bytes),
    dimensions: imageSize(head, "image/png"),
    name: "",
    missing: 0,
  };
}
