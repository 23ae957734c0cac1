import { describe, expect, test } from "vitest";
import { classify, type Source } from "../../../../src/captures/take/source/classify.ts";
import { pixel } from "../../images.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const source = (bytes: BlobPart, change: Partial<Source> = {}): Source => ({
  ...{
    bytes: new Blob([bytes]),
    asked: "https://a.example/x",
    url: "https://a.example/x",
    declared: "",
    disposition: "",
  },
  ...change,
});
const mp4 = bytesOf("\0\0\0\x18ftypisom\0\0\0\0isommp42");

describe("a source is what its bytes are", () => {
  test.each([
    ["video", mp4, "video/mp4", "mp4"],
    ["video", bytesOf("\x1aE\xdf\xa3\x01\0\0\0B\x82\x84webm"), "video/webm", "webm"],
    ["audio", bytesOf("ID3\x04\0\0\0\0\0\0"), "audio/mpeg", "mp3"],
    ["audio", bytesOf("OggS\0\x02\0\0vorbis"), "audio/ogg", "ogg"],
    ["audio", bytesOf("RIFF\0\0\0\0WAVEfmt "), "audio/wav", "wav"],
    ["link", bytesOf("%PDF-1.7\n"), "application/pdf", "pdf"],
    ["link", pixel, "image/png", "png"],
  ] as const)("%s → %s", async (kind, bytes, type, extension) => {
    const found = await classify(kind, source(bytes, { declared: "text/html; charset=utf-8" }));
    expect(found).toMatchObject({ type, extension });
  });

  test("an image tells its pixels", async () => {
    expect(await classify("image", source(pixel))).toMatchObject({ dimensions: { width: 1, height: 1 } });
  });

  test.each([
    ["image", mp4, "image/png", "capture-not-image"],
    ["image", bytesOf("<!doctype html><p>Not found"), "image/png", "capture-not-image"],
    ["video", bytesOf("<!doctype html><p>Not found"), "video/mp4", "capture-not-media"],
    ["audio", bytesOf("hello"), "text/plain", "capture-not-media"],
    ["link", new Uint8Array(), "text/plain", "capture-empty"],
  ] as const)("%s of something else is refused", async (kind, bytes, declared, code) => {
    await expect(classify(kind, source(bytes, { declared }))).rejects.toMatchObject({ code });
  });
});

describe("the ending of what a link leads to", () => {
  const ending = async (change: Partial<Source>) => {
    const { name, extension } = await classify("link", source("plain", change));
    return `${name}.${extension}`;
  };
  test.each([
    [{ declared: "text/csv", url: "https://a.example/report" }, "report.csv"],
    [{ declared: "application/octet-stream", url: "https://a.example/tool.AppImage" }, "tool.appimage"],
    [{ declared: "", url: "https://a.example/" }, ".bin"],
    [{ declared: "application/pdf", disposition: 'attachment; filename="Jahr \\"1\\".pdf"' }, 'Jahr "1".pdf'],
    [{ disposition: "attachment; filename*=UTF-8''%e2%82%ac%20rates.txt" }, "€ rates.txt"],
    [{ disposition: 'attachment; filename="../../etc/passwd"' }, "passwd.bin"],
    [{ url: "https://a.example/100%25%20off%.html", declared: "text/html" }, "100%25%20off%.html"],
  ])("%o is %s", async (change, name) => expect(await ending(change)).toBe(name));
});
