/** A small picture of a capture, for the gallery. Works where there is no document. */

/** Pixels. */
const width = 320;
/** Pixels: of a whole page its beginning. */
const tallest = 640;

/** @returns WebP, at most 320 pixels wide; null for what cannot be drawn: no picture, a damaged one, a format of other programs */
export async function drawThumbnail(image: Blob): Promise<Blob | null> {
  let picture: ImageBitmap | null = null;
  try {
    picture = await createImageBitmap(image);
    const scale = Math.min(1, width / picture.width);
    const drawn = { width: Math.max(1, picture.width * scale), height: Math.max(1, picture.height * scale) };
    const canvas = new OffscreenCanvas(Math.round(drawn.width), Math.min(tallest, Math.round(drawn.height)));
    const context = canvas.getContext("2d");
    if (context === null) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, drawn.width, drawn.height);
    return await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
  } catch {
    return null;
  } finally {
    picture?.close();
  }
}
