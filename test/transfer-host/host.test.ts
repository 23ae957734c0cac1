import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { createHost } from "../../src/transfer-host/host.ts";
import { parseHeaders } from "../../src/transfer-host/send-by-xhr.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const big = new Uint8Array(3_000_000).map((_, index) => index % 251);
const host = (bytes?: Blob, stallTime = 500) => createHost({ bytes: async () => bytes, fetch, stallTime });
const watch = (signal = new AbortController().signal) => ({ signal });

describe("digest", () => {
  it("reads the journalled bytes", async () => {
    const { size, crc32: sum } = await host(new Blob([big])).digest("t", watch());
    expect(size).toBe(big.length);
    expect(sum).toBe(crc32Base64(crc32(big)));
  });

  it("says when there are none, and when they cannot be read", async () => {
    await expect(host().digest("t", watch())).rejects.toMatchObject({ kind: "source" });
    const gone = Object.assign(new Blob(["x"]), {
      stream: () => new ReadableStream({ pull: (controller) => controller.error(new Error("NotReadableError")) }),
    });
    await expect(host(gone).digest("t", watch())).rejects.toMatchObject({ kind: "source" });
  });
});

describe("get", () => {
  it("collects, counts and sums what arrives", async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers["x-amz-date"] as string);
      response.writeHead(200, { etag: '"e"', "content-length": big.length });
      response.end(big);
    });
    const steps: [number, number | null][] = [];
    const progress = (moved: number, total: number | null) => void steps.push([moved, total]);
    const request = { method: "GET", url, headers: { "x-amz-date": "now" } };
    const { answer, fetched } = await host().get(request, { ...watch(), progress });
    expect(seen).toEqual(["now"]);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"e"' }, bodyText: "" });
    expect(fetched).toMatchObject({ size: big.length, crc32: crc32Base64(crc32(big)) });
    expect(steps.at(-1)).toEqual([big.length, big.length]);
    const blob = await (await fetch(fetched?.url ?? "")).blob();
    expect(blob.size).toBe(big.length);
    // A blob: URL that a browser would show as a page of the extension would be a hole.
    expect(blob.type).toBe("application/octet-stream");
  });

  it("keeps what it gets out of the HTTP cache, and cookies out of the request", async () => {
    let init: RequestInit | undefined;
    const asked = createHost({
      bytes: async () => undefined,
      fetch: async (_, given) => {
        init = given;
        return new Response("x");
      },
    });
    await asked.get({ method: "GET", url: "https://h.test/a", headers: {} }, watch());
    expect(init).toMatchObject({ cache: "no-store", credentials: "omit", redirect: "error" });
  });

  it("answers an error with its body, cut to what is useful", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(403);
      response.end(`<Error><Code>AccessDenied</Code></Error>${" ".repeat(200_000)}`);
    });
    const { answer, fetched } = await host().get({ method: "GET", url, headers: {} }, watch());
    expect(fetched).toBeNull();
    expect(answer.status).toBe(403);
    expect(answer.bodyText).toHaveLength(64 * 1024);
  });

  it.each(["before the answer", "in the middle"])("notices a stall %s", async (when) => {
    const url = await serve((_request, response) => {
      if (when === "in the middle") response.writeHead(200, { "content-length": 10 }).write("abc");
    });
    await expect(host(undefined, 100).get({ method: "GET", url, headers: {} }, watch())).rejects.toMatchObject({
      kind: "stalled",
    });
  });

  it("notices a cut connection, and a cancel", async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { "content-length": 10 }).write("abc");
      if (request.url === "/cut") setTimeout(() => response.destroy(), 20);
    });
    await expect(host().get({ method: "GET", url: `${url}cut`, headers: {} }, watch())).rejects.toMatchObject({
      kind: "network",
    });
    const abort = new AbortController();
    const got = host().get({ method: "GET", url, headers: {} }, watch(abort.signal));
    setTimeout(() => abort.abort(), 20);
    await expect(got).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("does not follow a redirect with the signature in hand", async () => {
    let followed = false;
    const elsewhere = await serve((_request, response) => {
      followed = true;
      response.end("x");
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: elsewhere }).end());
    await expect(host().get({ method: "GET", url, headers: {} }, watch())).rejects.toMatchObject({ kind: "network" });
    expect(followed).toBe(false);
  });
});

it("reads header lines as XMLHttpRequest gives them", () => {
  expect(parseHeaders('ETag: "a:b"\r\nX-Amz-Request-Id:  1\r\n\r\n')).toEqual({
    etag: '"a:b"',
    "x-amz-request-id": "1",
  });
});
