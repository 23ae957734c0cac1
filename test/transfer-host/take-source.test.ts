/** Sources of all kinds, from a real server: good ones, bad ones, and those that never end. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takeSource } from "../../src/transfer-host/take-source.ts";
import type { SourceRequest } from "../../src/transfers/host/host-link.ts";

const answers: Record<string, (response: ServerResponse) => void> = {
  "/whole": (response) => response.setHeader("content-type", "image/png").end("0123456789"),
  "/empty": (response) => response.end(),
  "/error": (response) => response.writeHead(403).end("no"),
  "/moved": (response) => response.writeHead(302, { location: "/whole" }).end(),
  "/broken": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("0123");
    setTimeout(() => response.destroy(), 20);
  },
  "/declared-large": (response) => {
    response.writeHead(200, { "content-length": "5000000" });
    response.write("0123");
  },
  "/endless": (response) => {
    const beat = setInterval(() => response.write("0123456789"), 5);
    response.on("close", () => clearInterval(beat));
  },
  "/silent": (response) => {
    response.write("0");
  },
};

let origin = "";
const closed: string[] = [];
const server = createServer((request, response) => {
  response.on("close", () => closed.push(request.url ?? ""));
  answers[request.url ?? ""]?.(response);
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function take(
  path: string,
  change: Partial<SourceRequest> = {},
  watch: { signal?: AbortSignal; seen?: number[] } = {},
) {
  const request = {
    url: origin + path,
    credentials: "include",
    redirect: "follow",
    largest: 1000,
    longest: 5000,
  } as const;
  return takeSource(
    { fetch, stallTime: 150 },
    { ...request, ...change },
    { signal: watch.signal ?? new AbortController().signal, progress: (moved) => void watch.seen?.push(moved) },
  );
}

describe("a source", () => {
  it("is fetched whole, with progress", async () => {
    const seen: number[] = [];
    const found = await take("/whole", {}, { seen });
    expect(found).toMatchObject({ status: 200, end: "whole", headers: { "content-type": "image/png" } });
    expect(await found.bytes?.text()).toBe("0123456789");
    expect(seen.at(-1)).toBe(10);
  });

  it("of no bytes is whole, and empty", async () => {
    expect((await take("/empty")).bytes?.size).toBe(0);
  });

  it("that its server refuses has a status and no bytes", async () => {
    expect(await take("/error")).toMatchObject({ status: 403, bytes: null });
  });

  it("that leads on says where", async () => {
    expect(await take("/moved")).toMatchObject({ url: `${origin}/whole`, end: "whole" });
  });

  it.each([
    ["/broken", {}, "broken"],
    ["/declared-large", {}, "too-large"],
    ["/endless", { largest: 200 }, "too-large"],
    ["/endless", { largest: 1e9, longest: 300 }, "endless"],
    ["/silent", {}, "broken"],
  ] as const)("%s with %o ends as %s, and the connection with it", async (path, change, end) => {
    closed.length = 0;
    expect(await take(path, change)).toMatchObject({ end, bytes: null });
    await expect.poll(() => closed).toContain(path);
  });

  it("is given up when the person does", async () => {
    const stop = new AbortController();
    const taking = take("/endless", { largest: 1e9 }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(taking).rejects.toMatchObject({ kind: "cancelled" });
  });

  it("without a server is no answer", async () => {
    await expect(take("", { url: "http://127.0.0.1:1/" })).rejects.toMatchObject({ kind: "network" });
  });
});
