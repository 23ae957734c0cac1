import { describe, expect, it, vi } from "vitest";
import { parseHeaders, type Send } from "../../src/transfer-host/send-by-xhr.ts";
import type { HostAnswer } from "../../src/transfers/host/host-link.ts";
import { bytesOf, hostWorld, sumOf, watch } from "./world.ts";

const request = { method: "PUT", url: "https://bucket.test/a", headers: {} };
const answer = { status: 200, headers: {}, bodyText: "" };

describe("put", () => {
  it("sends a range of a segment as a Blob, and answers any status", async () => {
    const put = vi.fn<Send>(async () => ({ ...answer, status: 503 }));
    const { host, journal } = hostWorld({ sendByXhr: put });
    await journal.putSegment("t", 1, new Blob([bytesOf(100)]));
    const bytes = { transferId: "t", segmentSize: 100, live: false };
    expect(await host.put({ bytes, range: { start: 110, end: 120 }, request }, watch())).toMatchObject({ status: 503 });
    const [sent, body] = put.mock.calls[0] ?? [];
    expect(sent).toEqual(request);
    expect(body).toBeInstanceOf(Blob);
    expect(await sumOf(body)).toBe(await sumOf(bytesOf(100).slice(10, 20)));
  });

  it("sends a small file that was copied just now without reading it back, and only then", async () => {
    const put = vi.fn<Send>(async () => answer);
    const { host, journal } = hostWorld({ sendByXhr: put });
    const segment = vi.spyOn(journal, "segment");
    const range = { start: 0, end: 100 };
    const sends = async () => {
      await host.put({ bytes: { transferId: "t", segmentSize: 100, live: false }, range, request }, watch());
      return await sumOf(put.mock.lastCall?.[1]);
    };
    const picks = async (seed: number) => {
      await host.hold([{ transferId: "t", source: new Blob([bytesOf(100, seed)]) }]);
      await host.stage({ transferId: "t", index: 0, range, last: true }, watch());
    };
    await picks(1);
    // Another file for the same transfer takes its place.
    await picks(2);
    expect(await sends()).toBe(await sumOf(bytesOf(100, 2)));
    expect(segment).not.toHaveBeenCalled();
    expect(await sends()).toBe(await sumOf(bytesOf(100, 2)));
    expect(segment).toHaveBeenCalledOnce();
  });

  it("sends nothing when the bytes are not there", async () => {
    const put = vi.fn<Send>(async () => answer);
    const { host } = hostWorld({ sendByXhr: put });
    const bytes = { transferId: "t", segmentSize: 100, live: true };
    const sending = host.put({ bytes, range: { start: 0, end: 1 }, request }, watch());
    await expect(sending).rejects.toMatchObject({ kind: "source" });
    expect(put).not.toHaveBeenCalled();
  });
});

describe("the heartbeat", () => {
  it("beats for calls, sources and URLs, each as long as it lasts", async () => {
    let reply: (answer: HostAnswer) => void = () => undefined;
    const put = vi.fn<Send>(() => new Promise((resolve) => (reply = resolve)));
    const { host, journal, heartbeat } = hostWorld({ sendByXhr: put });
    await journal.putSegment("t", 0, new Blob(["abc"]));
    const bytes = { transferId: "t", segmentSize: 100, live: false };
    const sending = host.put({ bytes, range: { start: 0, end: 3 }, request }, watch());
    await vi.waitFor(() => expect(put).toHaveBeenCalled());
    expect(heartbeat.active).toBe(true);
    reply(answer);
    await sending;
    expect(heartbeat.active).toBe(false);
    await host.hold([{ transferId: "t", source: new Blob(["a"]) }]);
    await host.hold([{ transferId: "t", source: new Blob(["b"]) }]);
    expect(heartbeat.active).toBe(true);
    await host.drop(["t", "unknown"]);
    expect(heartbeat.active).toBe(false);
    const { url } = await host.compose("t", [{ segment: 0 }], watch());
    expect(heartbeat.active).toBe(true);
    host.release(url);
    host.release("blob:unknown");
    expect(heartbeat.active).toBe(false);
  });
});

it("reads header lines as XMLHttpRequest gives them", () => {
  expect(parseHeaders('ETag: "a:b"\r\nX-Amz-Request-Id:  1\r\n\r\n')).toEqual({
    etag: '"a:b"',
    "x-amz-request-id": "1",
  });
});
