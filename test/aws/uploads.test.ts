import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createStorage } from "../../src/aws/create-storage.ts";
import { mapS3Response } from "../../src/aws/map-error.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { answering, credentials, profile } from "./support/profile.ts";

function storageOf(changes: Partial<Profile>, answers: Parameters<typeof answering>[0] = []) {
  const { fetch, asked } = answering(answers);
  const storage = createStorage({
    profile: { ...profile, ...changes },
    identity: "local|alice",
    credentials: async () => credentials,
    fetch,
  });
  return { storage, asked };
}

describe("the requests of a multipart upload", () => {
  const at = { path: "a b.mp4", uploadId: "u+/=1" };
  const parts = [
    { partNumber: 1, size: 5, etag: '"e1"', crc32: "AAAAAQ==" },
    { partNumber: 2, size: 2, etag: '"e2"', crc32: null },
  ];
  const whole = { ...at, parts, size: 7, crc32: "AAAAAg==", ifNoneMatch: true };

  it("begins with a checksum of the whole, and goes on with each part's", async () => {
    const { files } = storageOf({}).storage;
    const created = await files.signCreateUpload({ path: at.path, contentType: "video/mp4", metadata: { a: "b" } });
    expect([created.method, new URL(created.url).search]).toEqual(["POST", "?uploads="]);
    expect(created.headers).toMatchObject({
      "content-type": "video/mp4",
      "x-amz-checksum-algorithm": "CRC32",
      "x-amz-checksum-type": "FULL_OBJECT",
      "x-amz-meta-a": "b",
    });
    const part = await files.signUploadPart({ ...at, partNumber: 1, size: 5, crc32: "AAAAAQ==" });
    expect(part.method).toBe("PUT");
    expect(new URL(part.url).searchParams.get("uploadId")).toBe(at.uploadId);
    expect(part.headers).toMatchObject({
      "x-amz-checksum-crc32": "AAAAAQ==",
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    });
    expect(created.body ?? part.body).toBeUndefined();
  });

  it("ends with a document whose hash is signed", async () => {
    const { method, url, headers, body } = await storageOf({}).storage.files.signCompleteUpload(whole);
    expect([method, new URL(url).searchParams.get("uploadId")]).toEqual(["POST", at.uploadId]);
    expect(headers).toMatchObject({
      "x-amz-checksum-crc32": "AAAAAg==",
      "x-amz-checksum-type": "FULL_OBJECT",
      "x-amz-mp-object-size": "7",
      "if-none-match": "*",
      "x-amz-content-sha256": createHash("sha256")
        .update(body ?? "")
        .digest("hex"),
    });
    expect(body?.replaceAll("&quot;", '"')).toContain(
      '<Part><ETag>"e1"</ETag><ChecksumCRC32>AAAAAQ==</ChecksumCRC32><PartNumber>1</PartNumber></Part>',
    );
    expect(body?.replaceAll("&quot;", '"')).toContain('<Part><ETag>"e2"</ETag><PartNumber>2</PartNumber></Part>');
  });

  it("names no checksum to stores that know none", async () => {
    const { files } = storageOf({ bucket: { ...profile.bucket, checksum: "none" } }).storage;
    const requests = [
      await files.signCreateUpload({ path: "a", contentType: "" }),
      await files.signUploadPart({ ...at, partNumber: 1, size: 5, crc32: "AAAAAQ==" }),
      await files.signCompleteUpload(whole),
      await files.signCopy({ from: "a", etag: '"e"', path: "b", contentType: "", ifNoneMatch: false }),
    ];
    expect(files.checksums).toBe(false);
    expect(storageOf({}).storage.files.checksums).toBe(true);
    expect(JSON.stringify(requests)).not.toMatch(/checksum/i);
  });

  it("takes a copy's source as S3 decodes it, and only while it is the same", async () => {
    const { files } = storageOf({}).storage;
    const { headers } = await files.signCopy({
      from: "a+b ü/c?.txt",
      etag: '"e"',
      path: "b",
      contentType: "",
      ifNoneMatch: true,
    });
    expect(headers).toMatchObject({
      "x-amz-copy-source": "files/local%7Calice/a%2Bb%20%C3%BC/c%3F.txt",
      "x-amz-copy-source-if-match": '"e"',
      "x-amz-metadata-directive": "REPLACE",
      "x-amz-tagging-directive": "REPLACE",
      "content-type": "application/octet-stream",
      "if-none-match": "*",
    });
    const away = { etag: '"e"', path: "b", contentType: "", ifNoneMatch: true };
    await expect(files.signCopy({ ...away, from: "../bob/a" })).rejects.toMatchObject({ code: "name-dot-segment" });
  });
});

describe("head", () => {
  it.each<[string, Record<string, string>, string | null]>([
    ["of the whole", { "x-amz-checksum-crc32": "AAAAAQ==", "x-amz-checksum-type": "FULL_OBJECT" }, "AAAAAQ=="],
    ["of before types were told", { "x-amz-checksum-crc32": "AAAAAQ==" }, "AAAAAQ=="],
    ["of parts' checksums", { "x-amz-checksum-crc32": "AAAAAQ==", "x-amz-checksum-type": "COMPOSITE" }, null],
    ["of parts' checksums by its end", { "x-amz-checksum-crc32": "AAAAAQ==-2" }, null],
    ["that there is not", {}, null],
  ])("tells a checksum %s", async (_, headers, crc32) => {
    const { storage } = storageOf({}, [new Response(null, { headers: { etag: '"e"', ...headers } })]);
    expect((await storage.files.head("a")).crc32).toBe(crc32);
  });

  it("takes a page that is an object for what it is, and one that is none not", async () => {
    const type = { "content-type": "text/html" };
    const { storage } = storageOf({}, [
      new Response(null, { headers: { etag: '"e"', ...type } }),
      new Response(null, { headers: type }),
      new Response(null, { headers: { "content-type": "text/plain", "content-length": "5" } }),
      new Response(null),
    ]);
    expect(await storage.files.head("a.html")).toMatchObject({ contentType: "text/html", etag: '"e"' });
    for (let answers = 0; answers < 3; answers++) {
      await expect(storage.files.head("a.html")).rejects.toMatchObject({ code: "not-aws" });
    }
  });
});

describe("listParts", () => {
  const page = (more: string) =>
    new Response(`<?xml version="1.0"?><ListPartsResult><UploadId>u</UploadId>${more}</ListPartsResult>`, {
      headers: { "content-type": "application/xml" },
    });
  const cut = (marker: number) =>
    `<IsTruncated>true</IsTruncated><NextPartNumberMarker>${marker}</NextPartNumberMarker>`;

  it("asks for no page for ever", async () => {
    const { storage, asked } = storageOf({}, [page(cut(7)), page(cut(7)), page(cut(7))]);
    await expect(storage.files.listParts({ path: "a", uploadId: "u" })).rejects.toMatchObject({ code: "not-aws" });
    expect(asked.map(({ url }) => new URL(url).searchParams.get("part-number-marker"))).toEqual([null, "7"]);
  });

  it("takes nothing else for a list", async () => {
    const other = new Response("<ListBucketResult/>", { headers: { "content-type": "application/xml" } });
    const { storage } = storageOf({}, [other]);
    await expect(storage.files.listParts({ path: "a", uploadId: "u" })).rejects.toMatchObject({ code: "not-aws" });
  });
});

describe("what S3 says of uploads and copies", () => {
  it("knows the whole's size in what S3 says of it, and the source's condition from the copy's", () => {
    const xmlOf = (code: string, more: string) => `<Error><Code>${code}</Code>${more}</Error>`;
    const size =
      "<Message>The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 6</Message>";
    const context = { action: "s3:PutObject", name: "a" };
    expect(mapS3Response(400, {}, xmlOf("InvalidRequest", size), context).code).toBe("checksum-mismatch");
    const source = "<Condition>x-amz-copy-source-If-Match</Condition>";
    expect(mapS3Response(412, {}, xmlOf("PreconditionFailed", source), context).code).toBe("file-changed");
    const target = "<Condition>If-None-Match</Condition>";
    expect(mapS3Response(412, {}, xmlOf("PreconditionFailed", target), context).code).toBe("file-exists");
  });

  it("knows a missing upload without S3's code", () => {
    for (const action of ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]) {
      expect(mapS3Response(404, {}, "", { action, name: "a" }).code).toBe("upload-missing");
    }
  });
});
