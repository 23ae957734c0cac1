import { describe, expect, it } from "vitest";
import { createStorage } from "../../src/aws/create-storage.ts";
import { FetchHandler, urlOf } from "../../src/aws/fetch-handler.ts";
import { readCursor, writeCursor } from "../../src/aws/items/list-items.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
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

function item(attributes: object): Response {
  return new Response(JSON.stringify(attributes), { headers: { "content-type": "application/x-amz-json-1.0" } });
}

function expired(): Response {
  const body = JSON.stringify({ __type: "com.amazon.coral.service#ExpiredTokenException", message: "expired" });
  return new Response(body, { status: 400, headers: { "content-type": "application/x-amz-json-1.0" } });
}

describe("addresses", () => {
  it.each<[string, Partial<Profile>, string]>([
    ["virtual host", {}, "https://files.s3.eu-central-1.amazonaws.com/"],
    [
      "dots in the bucket's name",
      { bucket: { ...profile.bucket, name: "my.files" } },
      "https://s3.eu-central-1.amazonaws.com/my.files/",
    ],
    ["China", { region: "cn-north-1" }, "https://files.s3.cn-north-1.amazonaws.com.cn/"],
    [
      "path style",
      { bucket: { ...profile.bucket, forcePathStyle: true }, endpoints: { s3: "http://127.0.0.1:9000" } },
      "http://127.0.0.1:9000/files/",
    ],
    [
      "an endpoint with the bucket in front",
      { endpoints: { s3: "https://s3.example.com" } },
      "https://files.s3.example.com/",
    ],
  ])("%s", async (_, changes, base) => {
    const { url } = await storageOf(changes).storage.files.signGet({ path: "a b/ü+é.txt" });
    expect(url).toBe(`${base}local%7Calice/a%20b/%C3%BC%2B%C3%A9.txt?x-id=GetObject`);
    expect(new URL(url).href).toBe(url);
  });
});

describe("signPut", () => {
  const input = { path: "a.txt", size: 5, contentType: "text/plain", crc32: "AAAAAA==", ifNoneMatch: true };

  it("signs everything it sends, and its length", async () => {
    const { headers, method } = await storageOf({}).storage.files.signPut({
      ...input,
      metadata: { page: "https://example.com" },
    });
    expect(method).toBe("PUT");
    const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split(";");
    const sent = Object.keys(headers).filter((name) => name !== "authorization");
    expect(signed).toEqual([...sent, "host", "content-length"].sort());
    expect(headers).toMatchObject({
      "content-type": "text/plain",
      "if-none-match": "*",
      "x-amz-checksum-crc32": "AAAAAA==",
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
      "x-amz-meta-page": "https://example.com",
      "x-amz-security-token": "session-token",
    });
  });

  it("leaves the checksum out for stores that know none", async () => {
    const { storage } = storageOf({ bucket: { ...profile.bucket, checksum: "none" } });
    expect(Object.keys((await storage.files.signPut(input)).headers)).not.toContain("x-amz-checksum-crc32");
    expect(Object.keys((await storage.files.signGet({ path: "a" })).headers)).not.toContain("x-amz-checksum-mode");
  });

  it("refuses what one request cannot carry, and bad names, before anything else", async () => {
    const { files } = storageOf({}).storage;
    await expect(files.signPut({ ...input, size: 5 * 1024 ** 3 + 1 })).rejects.toMatchObject({
      code: "file-too-large",
    });
    await expect(files.signPut({ ...input, path: "../bob/a" })).rejects.toMatchObject({ code: "name-dot-segment" });
    await expect(files.signPut({ ...input, path: "a/" })).rejects.toMatchObject({ code: "name-empty" });
  });
});

describe("credentials", () => {
  function withSource(answers: Parameters<typeof answering>[0]) {
    const { fetch, asked } = answering(answers);
    const fresh: boolean[] = [];
    let generation = 0;
    const storage = createStorage({
      profile,
      identity: "alice",
      fetch,
      credentials: async (isFresh = false) => {
        if (isFresh) {
          generation++;
          fresh.push(isFresh);
        }
        return { ...credentials, accessKeyId: `ASIAGENERATION${generation}` };
      },
    });
    return { storage, asked, fresh, renew: () => generation++ };
  }
  const keyOf = (headers: Headers) => /Credential=(\w+)/.exec(headers.get("authorization") ?? "")?.[1];

  it("are renewed once when AWS says they expired", async () => {
    const { storage, asked, fresh } = withSource([expired(), item({ Item: { pk: { S: "alice" }, sk: { S: "a" } } })]);
    await expect(storage.items.get("a")).resolves.toEqual({ sortKey: "a", attributes: {} });
    expect(fresh).toHaveLength(1);
    expect(asked.map(({ headers }) => keyOf(headers))).toEqual(["ASIAGENERATION0", "ASIAGENERATION1"]);
  });

  it("are renewed no second time", async () => {
    const { storage, asked, fresh } = withSource([expired(), expired()]);
    await expect(storage.items.get("a")).rejects.toMatchObject({ code: "credentials-expired" });
    expect([asked.length, fresh.length]).toEqual([2, 1]);
  });

  it("are not renewed again when somebody else just did", async () => {
    const { storage, fresh, renew } = withSource([
      () => {
        renew();
        return expired();
      },
      item({ Item: { pk: { S: "alice" }, sk: { S: "a" } } }),
    ]);
    await storage.items.get("a");
    expect(fresh).toHaveLength(0);
  });

  it("that cannot be had are said to be so, without a request", async () => {
    const { fetch, asked } = answering([]);
    const source = () => Promise.reject(new HoldallError("session-ended"));
    const storage = createStorage({ profile, identity: "alice", credentials: source, fetch });
    await expect(storage.items.get("a")).rejects.toMatchObject({ code: "session-ended" });
    await expect(storage.files.signGet({ path: "a" })).rejects.toMatchObject({ code: "session-ended" });
    expect(asked).toEqual([]);
  });
});

describe("items", () => {
  it("pass over empty pages", async () => {
    const more = { LastEvaluatedKey: { pk: { S: "local|alice" }, sk: { S: "m" } } };
    const { storage, asked } = storageOf({}, [
      item({ Items: [], Count: 0, ...more }),
      item({ Items: [], Count: 0, ...more }),
      item({ Items: [{ pk: { S: "local|alice" }, sk: { S: "n" } }], Count: 1, ...more }),
    ]);
    const { items, cursor } = await storage.items.list();
    expect(items).toEqual([{ sortKey: "n", attributes: {} }]);
    expect(readCursor(cursor ?? "")).toBe("m");
    expect(JSON.parse(String(asked[1]?.body)).ExclusiveStartKey).toEqual(more.LastEvaluatedKey);
  });

  it("give an empty page and a way on rather than asking for ever", async () => {
    const empty = () => item({ Items: [], Count: 0, LastEvaluatedKey: { pk: { S: "a" }, sk: { S: "m" } } });
    const { storage, asked } = storageOf(
      {},
      Array.from({ length: 50 }, () => empty),
    );
    expect(await storage.items.list()).toEqual({ items: [], cursor: writeCursor("m") });
    expect(asked).toHaveLength(10);
  });

  it("send no name and no value inside an expression", async () => {
    const { storage, asked } = storageOf({}, [item({ Attributes: { pk: { S: "local|alice" }, sk: { S: "a" } } })]);
    await storage.items.save({ sortKey: "a", attributes: { "x = :y": { S: "v" } }, basis: { size: { N: "1" } } });
    const sent = JSON.parse(String(asked[0]?.body));
    expect(sent.ConditionExpression + sent.UpdateExpression).not.toMatch(/x = :y|size\b|\bpk\b/);
    expect(sent.Key).toEqual({ pk: { S: "local|alice" }, sk: { S: "a" } });
  });

  it("round-trip any sort key through a cursor", () => {
    for (const key of ["a", "\u{1f600}é", '"quoted"', "holdall#x", "a/b+c"])
      expect(readCursor(writeCursor(key))).toBe(key);
    for (const bad of ["", "e30", "IiI", "!", writeCursor("a").slice(1)]) {
      expect(() => readCursor(bad)).toThrowError(expect.objectContaining({ code: "message-invalid" }));
    }
  });
});

describe("FetchHandler", () => {
  const request = {
    protocol: "https:",
    hostname: "h.example",
    method: "GET",
    path: "/a",
    headers: { host: "h.example" },
  };

  it("times out with the host's name, body included", async () => {
    const slow: typeof fetch = (_, init) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start: (stream) => init?.signal?.addEventListener("abort", () => stream.error(init.signal?.reason)),
          }),
        ),
      );
    const handler = new FetchHandler({ fetch: slow, timeout: 20, redirect: "error" });
    await expect(handler.handle(request)).rejects.toMatchObject({
      code: "timeout",
      facts: { subs: ["h.example"] },
      $retryable: {},
    });
  });

  it("keeps answers out of the cache and cookies out of requests, and sends no Blob", async () => {
    let init: RequestInit | undefined;
    const handler = new FetchHandler({
      timeout: 1000,
      redirect: "error",
      fetch: async (_, given) => {
        init = given;
        return new Response("x");
      },
    });
    await handler.handle(request);
    expect(init).toMatchObject({ cache: "no-store", credentials: "omit", headers: {} });
    await expect(handler.handle({ ...request, method: "PUT", body: new Blob(["x"]) })).rejects.toMatchObject({
      code: "internal",
    });
  });

  it("writes queries as they were signed", () => {
    expect(urlOf({ ...request, query: { "a b": "c'(d)", list: ["1", "2"], flag: null } })).toBe(
      "https://h.example/a?a%20b=c%27%28d%29&list=1&list=2&flag",
    );
  });
});
