/** What runs only when something is captured: the background wakes up without it. */
import { HoldallError } from "../shared/holdall-error.ts";
import type { CaptureIntent, Described } from "./capture-journal.ts";
import { capturePath } from "./capture-path.ts";
import { type FetchImageDeps, fetchImage } from "./fetch-image.ts";
import { imageSize } from "./image-size.ts";
import { shown } from "./shown-address.ts";
import { sniffImage } from "./sniff-image.ts";

/**
 * Fetches the image that was asked for and says what it is.
 * @throws HoldallError `capture-not-image`, and what `fetchImage` throws
 */
export async function takeImage(
  intent: CaptureIntent,
  deps: FetchImageDeps,
): Promise<{ bytes: Uint8Array; described: Described }> {
  const { bytes, type } = await fetchImage(intent.srcUrl, deps);
  return { bytes, described: await describe(intent, bytes, type) };
}

async function describe(intent: CaptureIntent, bytes: Uint8Array, declared: string): Promise<Described> {
  const format = sniffImage(bytes, declared);
  if (format === null) throw new HoldallError("capture-not-image", { subs: [shown(intent.srcUrl)] });
  const { id, at, srcUrl, title, described } = intent;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
  return {
    // Fetched a second time it stays where it was going to be.
    path: described?.path ?? capturePath({ id, at, srcUrl, title, extension: format.extension }),
    type: format.type,
    size: bytes.length,
    sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    dimensions: imageSize(bytes, format.type),
  };
}
