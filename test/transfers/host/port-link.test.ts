import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHeartbeat } from "../../../src/transfer-host/heartbeat.ts";
import { createHeldUntil } from "../../../src/transfer-host/held-until.ts";
import { servePort } from "../../../src/transfer-host/serve-port.ts";
import { HostFailure, type HostLink } from "../../../src/transfers/host/host-link.ts";
import { createPortLink, type HostPort } from "../../../src/transfers/host/port-link.ts";

/** Two ends of a port; messages are cloned and arrive later, as the browser does it. */
function portPair() {
  const messages = [[], []] as ((message: unknown) => void)[][];
  const ends = [[], []] as (() => void)[][];
  let open = true;
  const side = (mine: 0 | 1): HostPort => ({
    postMessage: (message) => {
      const clone = structuredClone(message);
      queueMicrotask(() => open && messages[1 - mine]?.forEach((listener) => void listener(clone)));
    },
    onMessage: { addListener: (listener) => messages[mine]?.push(listener) },
    onDisconnect: { addListener: (listener) => ends[mine]?.push(listener) },
  });
  const cut = () => {
    open = false;
    for (const listener of ends.flat()) listener();
  };
  return { background: side(0), host: side(1), cut };
}

const request = { method: "PUT", url: "https://bucket.test/a", headers: {} };
const answer = { status: 200, headers: { etag: "e" }, bodyText: "" };
const digest = { size: 3, crc32: "AAAAAA==" };

const bytes = { transferId: "t1", segmentSize: 64, live: false };
const range = { start: 0, end: 3 };
const unexpected = () => Promise.reject(new Error("unexpected"));

function fakeHost(change: Partial<HostLink> = {}): HostLink & { released: string[] } {
  const released: string[] = [];
  return {
    released,
    hold: async () => undefined,
    held: async () => ["t1"],
    drop: async () => undefined,
    stage: unexpected,
    matches: async () => true,
    digest: async () => digest,
    put: async (_input, { progress }) => {
      progress?.(1024 ** 2, 1024 ** 2);
      return answer;
    },
    send: async () => answer,
    open: async () => ({ answer, uploadId: "u" }),
    fetch: async () => ({ answer, fetched: digest }),
    take: unexpected,
    compose: async () => ({ url: "blob:1", size: 3 }),
    release: (url) => void released.push(url),
    ...change,
  };
}

/** `beating`: with the heartbeat that real hosts keep while a call is under way. */
function connected(host: HostLink) {
  const pair = portPair();
  const heartbeat = createHeartbeat();
  const urls = createHeldUntil<true>(heartbeat);
  const beating: HostLink = {
    ...host,
    put: (input, watch) => heartbeat.during(() => host.put(input, watch)),
    compose: async (id, pieces, watch) => {
      const composed = await host.compose(id, pieces, watch);
      urls.set(composed.url, true);
      return composed;
    },
    release: (url) => {
      urls.delete(url);
      host.release(url);
    },
  };
  const open = async () => link.accept(pair.background);
  const link = createPortLink({ open, exists: async () => true });
  const { closed } = servePort(beating, pair.host, heartbeat);
  return { link, pair, closed };
}

const watch = (signal = new AbortController().signal) => ({ signal });
const hang: HostLink["put"] = (_input, { signal }) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new HostFailure("cancelled")));
  });
const part = { bytes, range, request };

describe("the port between background and host", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("carries calls, progress, answers and failures", async () => {
    const put = vi.fn(fakeHost().put);
    const host = fakeHost({ put, digest: () => Promise.reject(new HostFailure("source")) });
    const { link } = connected(host);
    const progress = vi.fn();
    expect(await link.put(part, { ...watch(), progress })).toEqual(answer);
    expect(put.mock.calls[0]?.[0]).toEqual(part);
    expect(progress).toHaveBeenCalledWith(1024 ** 2, 1024 ** 2);
    await expect(link.digest({ bytes, range, sha256: false }, watch())).rejects.toMatchObject({ kind: "source" });
    await expect(link.stage({ transferId: "t1", index: 0, range, last: true }, watch())).rejects.toMatchObject({
      kind: "host-lost",
    });
    expect((await link.compose("t1", [], watch())).url).toBe("blob:1");
    link.release("blob:1");
    await vi.advanceTimersByTimeAsync(1);
    expect(host.released).toEqual(["blob:1"]);
  });

  it("aborts at the host when the signal is aborted", async () => {
    const put = vi.fn(hang);
    const { link } = connected(fakeHost({ put }));
    const abort = new AbortController();
    const sent = link.put(part, watch(abort.signal));
    await vi.advanceTimersByTimeAsync(1);
    abort.abort();
    await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
    await vi.advanceTimersByTimeAsync(1);
    expect(put.mock.calls[0]?.[1].signal.aborted).toBe(true);
  });

  it("what went to a document that is gone fails, though another has connected already", async () => {
    const { link, pair } = connected(fakeHost({ put: hang }));
    const lost = link.put(part, watch());
    await vi.advanceTimersByTimeAsync(1);
    const next = portPair();
    servePort(fakeHost(), next.host, createHeartbeat());
    link.accept(next.background);
    pair.cut();
    await expect(lost).rejects.toMatchObject({ kind: "host-lost" });
    expect(await link.put(part, watch())).toEqual(answer);
  });

  it("frees bytes that arrive after a cancel", async () => {
    let arrive: () => void = () => undefined;
    const late: HostLink["compose"] = () =>
      new Promise((resolve) => {
        arrive = () => resolve({ url: "blob:late", size: 3 });
      });
    const host = fakeHost({ compose: late });
    const { link } = connected(host);
    const abort = new AbortController();
    const got = link.compose("t1", [], watch(abort.signal));
    await vi.advanceTimersByTimeAsync(1);
    abort.abort();
    await expect(got).rejects.toMatchObject({ kind: "cancelled" });
    arrive();
    await vi.advanceTimersByTimeAsync(1);
    expect(host.released).toEqual(["blob:late"]);
  });

  it("says host-lost when the document ends, and the host aborts when the background ends", async () => {
    const put = vi.fn(hang);
    const { link, pair, closed } = connected(fakeHost({ put }));
    const sent = expect(link.put(part, watch())).rejects.toMatchObject({ kind: "host-lost" });
    await vi.advanceTimersByTimeAsync(1);
    pair.cut();
    await sent;
    expect(await closed).toBe(true);
    expect(put.mock.calls[0]?.[1].signal.aborted).toBe(true);
  });

  it("says alive every ten seconds while bytes move or are held, and then no more", async () => {
    const { link, pair } = connected(fakeHost({ put: hang }));
    const alive = vi.fn();
    pair.background.onMessage.addListener((message) => (message as { type: string }).type === "alive" && alive());
    const abort = new AbortController();
    const sent = expect(link.put(part, watch(abort.signal))).rejects.toBeInstanceOf(HostFailure);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(alive).toHaveBeenCalledTimes(2);
    abort.abort();
    await sent;
    await link.compose("t1", [], watch());
    await vi.advanceTimersByTimeAsync(25_000);
    expect(alive).toHaveBeenCalledTimes(4);
    link.release("blob:1");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(alive).toHaveBeenCalledTimes(4);
  });

  it("hands every call on with all that it is given", async () => {
    const calls: [string, unknown[]][] = [];
    const record =
      (name: keyof HostLink) =>
      (...input: unknown[]) => {
        calls.push([name, input.slice(0, 2).filter((value) => !isWatch(value))]);
        return Promise.resolve(null as never);
      };
    const names = ["hold", "held", "drop", "stage", "matches", "send", "open", "fetch", "compose"] as const;
    const { link } = connected(fakeHost(Object.fromEntries(names.map((name) => [name, record(name)]))));
    const upload = {
      transferId: "t1",
      owner: { profile: "p", identity: "i" },
      path: "a",
      size: 9,
      partSize: 5,
      created: 1,
    };
    const piece = { transferId: "t1", index: 1, range, last: false };
    const expected: [string, unknown[]][] = [
      ["hold", [[{ transferId: "t1", source: new Blob(["abc"]) }]]],
      ["held", []],
      ["drop", [["t1"]]],
      ["stage", [piece]],
      ["matches", [{ bytes, size: 3 }]],
      ["send", [request]],
      ["open", [upload, request]],
      ["fetch", [{ transferId: "t1", index: 0, request }]],
      ["compose", ["t1", [{ segment: 0 }]]],
    ];
    for (const [name, input] of expected) {
      const call = link[name as keyof HostLink] as (...all: unknown[]) => Promise<unknown>;
      await (["hold", "held", "drop"].includes(name) ? call(...input) : call(...input, watch())).catch(() => undefined);
    }
    expect(calls).toEqual(expected);
  });

  it("does not make a document to hear what it holds, or to have it dropped", async () => {
    const open = vi.fn(async () => undefined);
    const link = createPortLink({ open, exists: async () => false });
    expect(await link.held()).toEqual([]);
    await link.drop(["t1"]);
    expect(open).not.toHaveBeenCalled();
  });

  it("tells a document that connects later what was released meanwhile", async () => {
    const host = fakeHost();
    const pair = portPair();
    const link = createPortLink({ open: async () => undefined, exists: async () => true });
    link.release("blob:old");
    servePort(host, pair.host, createHeartbeat());
    link.accept(pair.background);
    await vi.advanceTimersByTimeAsync(1);
    expect(host.released).toEqual(["blob:old"]);
  });

  it("gives up when no document connects, after opening it a few times", async () => {
    const open = vi.fn(async () => undefined);
    const link = createPortLink({ open, exists: async () => true });
    const sent = expect(link.put(part, watch())).rejects.toMatchObject({ kind: "host-lost" });
    await vi.advanceTimersByTimeAsync(60_000);
    await sent;
    expect(open).toHaveBeenCalledTimes(3);
  });
});

function isWatch(value: unknown): boolean {
  return typeof value === "object" && value !== null && "signal" in value;
}
