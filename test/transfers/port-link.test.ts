import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { servePort } from "../../src/transfer-host/serve-port.ts";
import { HostFailure, type HostLink } from "../../src/transfers/host-link.ts";
import { createPortLink, type HostPort } from "../../src/transfers/port-link.ts";

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

function fakeHost(change: Partial<HostLink> = {}): HostLink & { released: string[] } {
  const released: string[] = [];
  return {
    released,
    digest: async () => digest,
    put: async (_id, _request, { progress }) => {
      progress?.(3, 3);
      return answer;
    },
    get: async () => ({ answer, fetched: { ...digest, url: "blob:1" } }),
    release: (url) => void released.push(url),
    ...change,
  };
}

function connected(host: HostLink) {
  const pair = portPair();
  const link = createPortLink(async () => link.accept(pair.background));
  const { closed } = servePort(host, pair.host);
  return { link, pair, closed };
}

const watch = (signal = new AbortController().signal) => ({ signal });
const hang = (_id: unknown, _request: unknown, { signal }: { signal: AbortSignal }) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new HostFailure("cancelled")));
  });

describe("the port between background and host", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("carries calls, progress, answers and failures", async () => {
    const put = vi.fn(fakeHost().put);
    const host = fakeHost({ put, digest: () => Promise.reject(new HostFailure("source")) });
    const { link } = connected(host);
    const progress = vi.fn();
    expect(await link.put("t1", request, { ...watch(), progress })).toEqual(answer);
    expect(put.mock.calls[0]?.slice(0, 2)).toEqual(["t1", request]);
    expect(progress).toHaveBeenCalledWith(3, 3);
    await expect(link.digest("t1", watch())).rejects.toMatchObject({ kind: "source" });
    expect((await link.get(request, watch())).fetched?.url).toBe("blob:1");
    link.release("blob:1");
    await vi.advanceTimersByTimeAsync(1);
    expect(host.released).toEqual(["blob:1"]);
  });

  it("aborts at the host when the signal is aborted", async () => {
    const put = vi.fn(hang);
    const { link } = connected(fakeHost({ put }));
    const abort = new AbortController();
    const sent = link.put("t1", request, watch(abort.signal));
    await vi.advanceTimersByTimeAsync(1);
    abort.abort();
    await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
    await vi.advanceTimersByTimeAsync(1);
    expect(put.mock.calls[0]?.[2].signal.aborted).toBe(true);
  });

  it("frees bytes that arrive after a cancel", async () => {
    let arrive: () => void = () => undefined;
    const late: HostLink["get"] = () =>
      new Promise((resolve) => {
        arrive = () => resolve({ answer, fetched: { ...digest, url: "blob:late" } });
      });
    const host = fakeHost({ get: late });
    const { link } = connected(host);
    const abort = new AbortController();
    const got = link.get(request, watch(abort.signal));
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
    const sent = expect(link.put("t1", request, watch())).rejects.toMatchObject({ kind: "host-lost" });
    await vi.advanceTimersByTimeAsync(1);
    pair.cut();
    await sent;
    expect(await closed).toBe(true);
    expect(put.mock.calls[0]?.[2].signal.aborted).toBe(true);
  });

  it("says alive every ten seconds while bytes move or are held, and then no more", async () => {
    const { link, pair } = connected(fakeHost({ put: hang }));
    const alive = vi.fn();
    pair.background.onMessage.addListener((message) => (message as { type: string }).type === "alive" && alive());
    const abort = new AbortController();
    const sent = expect(link.put("t1", request, watch(abort.signal))).rejects.toBeInstanceOf(HostFailure);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(alive).toHaveBeenCalledTimes(2);
    abort.abort();
    await sent;
    await link.get(request, watch());
    await vi.advanceTimersByTimeAsync(25_000);
    expect(alive).toHaveBeenCalledTimes(4);
    link.release("blob:1");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(alive).toHaveBeenCalledTimes(4);
  });

  it("gives up when no document connects, after opening it a few times", async () => {
    const open = vi.fn(async () => undefined);
    const link = createPortLink(open);
    const sent = expect(link.put("t1", request, watch())).rejects.toMatchObject({ kind: "host-lost" });
    await vi.advanceTimersByTimeAsync(60_000);
    await sent;
    expect(open).toHaveBeenCalledTimes(3);
  });
});
