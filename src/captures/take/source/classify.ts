/** What a source is, by its bytes first, then by what its server and its name say. */

import type { CaptureKind } from "../../../messaging/captures-view.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import { type Dimensions, imageSize } from "../../image-size.ts";
import { shown } from "../../shown-address.ts";
import { sniffImage } from "../../sniff-image.ts";
import { endingOf } from "./endings.ts";
import { sniffMedia } from "./sniff-media.ts";
import { suggestedName } from "./suggested-name.ts";

/** Bytes that are looked at: the size of a photograph stands behind its thumbnail and its notes. */
const looked = 512 * 1024;

export interface Source {
  bytes: Blob;
  /** Where it was asked for. */
  asked: string;
  /** Where redirects led. */
  url: string;
  /** `Content-Type` and `Content-Disposition`; "" when there is none. */
  declared: string;
  disposition: string;
}

export interface Classified {
  type: string;
  extension: string;
  dimensions: Dimensions | null;
  name: string;
}

/** @throws HoldallError `capture-empty`, `capture-not-image`, `capture-not-media` */
export async function classify(kind: CaptureKind, source: Source): Promise<Classified> {
  const subs = [shown(source.asked)];
  if (source.bytes.size === 0) throw new HoldallError("capture-empty", { subs });
  const head = new Uint8Array(await source.bytes.slice(0, looked).arrayBuffer());
  const declared = (source.declared.split(";", 1)[0] ?? "").trim().toLowerCase();
  const suggested = suggestedName(source.disposition, source.url);
  const name = suggested.stem;
  const image = sniffImage(head, declared);
  if (image !== null) return { ...image, dimensions: imageSize(head, image.type), name };
  if (kind === "image") throw new HoldallError("capture-not-image", { subs });
  const media = sniffMedia(head);
  const isMedia = /^(?:video|audio)\//.test(media?.type ?? declared);
  if ((kind === "video" || kind === "audio") && (!isMedia || isText(head)))
    throw new HoldallError("capture-not-media", { subs });
  const type = media?.type ?? (declared === "" ? "application/octet-stream" : declared);
  const extension = media?.extension ?? extensionOf(type, suggested.extension);
  return { type, extension, dimensions: null, name };
}

/** The name's own ending wins over a type that says nothing, or that has none of its own. */
function extensionOf(type: string, suggested: string): string {
  const vague = type === "application/octet-stream" || type === "binary/octet-stream" || type === "application/zip";
  if (vague && suggested !== "") return suggested;
  return endingOf(type) ?? (suggested === "" ? "bin" : suggested);
}

/** An error page that its server calls a video. */
function isText(head: Uint8Array): boolean {
  return /^\s*<(?:!doctype html|html|head|body|\?xml)/i.test(new TextDecoder().decode(head.subarray(0, 512)));
}
