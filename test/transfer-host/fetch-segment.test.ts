import { describe, expect, it } from "vitest";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { bytesOf, hostWorld, serve, sumOf, watch } from "./world.ts";

const big = bytesOf(3_000_000);
const get = (url: string) => ({
  transferId: "t",
  index: 2,
  request: { method: "GET", url, headers: { range: "bytes=0-" } },
});

describe("fetch", () => {
  it.each([
    ["a large segment", big],
    ["a small one", big.slice(0, 1000)],
    ["an empty one", big.slice(0, 0)],
  ])("writes %s with its digest, counting what comes", async (_what, bytes) => {
    let range: string | undefined;
    const url = await serve((request, response) => {
      range = request.headers.range;
      response.writeHead(206, { etag: '"e"', "content-length": bytes.length }).end(bytes);
    });
    const { host, journal } = hostWorld();
    const steps: [number, number | null][] = [];
    const progress = (moved: number, total: number | null) => void steps.push([moved, total]);
    const { answer, fetched } = await host.fetch(get(url), { ...watch(), progress });
    const digest = { size: bytes.length, crc32: crc32Base64(crc32(bytes)) };
    expect(range).toBe("bytes=0-");
    expect(answer).toMatchObject({ status: 206, headers: { etag: '"e"' }, bodyText: "" });
    expect(fetched).toEqual(digest);
    expect(await journal.parts("t")).toEqual(new Map([[2, digest]]));
    expect(await sumOf(await journal.segment("t", 2))).toBe(await sumOf(bytes));
    if (bytes.length > 0) expect(steps.at(-1)).toEqual([bytes.length, bytes.length]);
  });

  it("answers an error with its body, cut to what is useful, and writes nothing", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(403).end(`<Error><Code>AccessDenied</Code></Error>${" ".repeat(200_000)}`);
    });
    const { host, journal } = hostWorld();
    const { answer, fetched } = await host.fetch(get(url), watch());
    expect(fetched).toBeNull();
    expect(answer.status).toBe(403);
    expect(answer.bodyText).toHaveLength(64 * 1024);
    expect(await journal.segment("t", 2)).toBeUndefined();
  });

  it.each(["before the answer", "in the middle"])("notices a stall %s", async (when) => {
    const url = await serve((_request, response) => {
      if (when === "in the middle") response.writeHead(206, { "content-length": 10 }).write("abc");
    });
    const { host, journal } = hostWorld({ stallTime: 100 });
    await expect(host.fetch(get(url), watch())).rejects.toMatchObject({ kind: "stalled" });
    expect(await journal.segment("t", 2)).toBeUndefined();
  });

  it("notices a cut connection, and a cancel", async () => {
    const url = await serve((request, response) => {
      response.writeHead(206, { "content-length": 10 }).write("abc");
      if (request.url === "/cut") setTimeout(() => response.destroy(), 20);
    });
    const { host } = hostWorld();
    await expect(host.fetch(get(`${url}cut`), watch())).rejects.toMatchObject({ kind: "network" });
    const abort = new AbortController();
    const fetching = host.fetch(get(url), watch(abort.signal));
    setTimeout(() => abort.abort(), 20);
    await expect(fetching).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("says when the journal is full", async () => {
    const url = await serve((_request, response) => response.writeHead(206).end("abc"));
    const putSegment = () => Promise.reject(new HoldallError("journal-full"));
    const { host } = hostWorld({ journal: { ...hostWorld().journal, putSegment } });
    await expect(host.fetch(get(url), watch())).rejects.toMatchObject({ kind: "full" });
  });
});
