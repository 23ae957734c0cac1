/** The beginnings of image files, made by hand after their specifications. */
const text = (value: string) => [...value].map((character) => character.charCodeAt(0));
const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const be16 = (value: number) => [value >>> 8, value & 255];
const le32 = (value: number) => be32(value).reverse();
const le16 = (value: number) => be16(value).reverse();
const le24 = (value: number) => le32(value).slice(0, 3);

type Make = (width: number, height: number) => Uint8Array<ArrayBuffer>;
const make =
  (build: (width: number, height: number) => number[]): Make =>
  (width, height) =>
    new Uint8Array(build(width, height));

export const images: Record<string, Make> = {
  "image/png": make((w, h) => [
    ...text("\x89PNG\r\n\x1a\n"),
    ...be32(13),
    ...text("IHDR"),
    ...be32(w),
    ...be32(h),
    8,
    6,
    0,
    0,
    0,
  ]),
  "image/gif": make((w, h) => [...text("GIF89a"), ...le16(w), ...le16(h), 0, 0, 0]),
  "image/bmp": make((w, h) => [
    ...text("BM"),
    ...le32(70),
    ...le32(0),
    ...le32(54),
    ...le32(40),
    ...le32(w),
    ...le32(h),
    1,
    0,
  ]),
  "image/jpeg": make((w, h) => {
    const exif = [0xff, 0xe1, ...be16(10), ...text("Exif\0\0ab")];
    return [0xff, 0xd8, ...exif, 0xff, 0xff, 0xc2, ...be16(17), 8, ...be16(h), ...be16(w), 3, 0, 0, 0, 0];
  }),
  "image/webp": make((w, h) => [
    ...[...text("RIFF"), ...le32(30), ...text("WEBPVP8X"), ...le32(10), 0, 0, 0, 0],
    ...[...le24(w - 1), ...le24(h - 1)],
  ]),
  "image/avif": make((w, h) => {
    const ftyp = [...be32(24), ...text("ftypmif1"), ...be32(0), ...text("mif1avif")];
    const ispe = (a: number, b: number) => [...be32(20), ...text("ispe"), ...be32(0), ...be32(a), ...be32(b)];
    return [...ftyp, ...ispe(1, 1), ...ispe(w, h)];
  }),
  "image/x-icon": make((w, h) => [0, 0, 1, 0, 1, 0, w & 255, h & 255, ...Array<number>(14).fill(0)]),
};

/** One black pixel, whole and valid. */
export const pixel = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0),
);
