/** Rows that are read at once. */
const band = 1024;

/** The pixels of a picture from top to bottom, some rows at a time, four bytes each. */
export async function* rowsOf(picture: ImageBitmap): AsyncGenerator<Uint8ClampedArray> {
  for (let y = 0; y < picture.height; y += band) {
    const height = Math.min(band, picture.height - y);
    const canvas = new OffscreenCanvas(picture.width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("no canvas");
    context.drawImage(picture, 0, -y);
    yield context.getImageData(0, 0, picture.width, height).data;
  }
}
