/** The patience of an upload's request, by a clock of the test's own: a machine sleeps, a line goes dead. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseHeaders, sendByXhr } from "../../src/transfer-host/send-by-xhr.ts";

const stallTime = 30_000;

/** What the browser does is told by the test. */
class Xhr {
  static last: Xhr;
  upload: { onprogress?(event: { loaded: number }): void; onload?(): void } = {};
  onerror?(): void;
  onabort?(): void;
  onload?(): void;
  sent: Record<string, string> = {};
  aborted = false;
  status = 200;
  responseURL = "https://s3.test/a";
  responseText = "";
  constructor() {
    Xhr.last = this;
  }
  open(): void {}
  send(): void {}
  setRequestHeader(name: string, value: string): void {
    this.sent[name] = value;
  }
  getAllResponseHeaders(): string {
    return 'ETag: "e"\r\nx-odd:  a:b \r\n';
  }
  abort(): void {
    this.aborted = true;
    this.onabort?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", Xhr);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const request = { method: "PUT", url: "https://s3.test/a", headers: { host: "s3.test", "x-amz-date": "now" } };

function put(signal = new AbortController().signal) {
  const progress: number[] = [];
  const watch = { signal, progress: (moved: number) => void progress.push(moved) };
  const answer = sendByXhr(request, new Blob(["0123456789"]), watch, stallTime);
  answer.catch(() => undefined);
  return { answer, xhr: Xhr.last, progress };
}

describe("a request with a body", () => {
  it("is given up when no byte moves for 30 s, and not before", async () => {
    const { answer, xhr } = put();
    for (let moved = 1; moved < 9; moved++) {
      await vi.advanceTimersByTimeAsync(stallTime - 1);
      xhr.upload.onprogress?.({ loaded: moved });
    }
    expect(xhr.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(stallTime);
    await expect(answer).rejects.toMatchObject({ kind: "stalled" });
    expect(xhr.aborted).toBe(true);
  });

  it("that the machine slept through is given up when it wakes", async () => {
    const { answer, progress, xhr } = put();
    xhr.upload.onprogress?.({ loaded: 5 });
    // Nothing of the sleep is seen but that the clock has gone on.
    await vi.advanceTimersByTimeAsync(8 * 3_600_000);
    await expect(answer).rejects.toMatchObject({ kind: "stalled" });
    expect(progress).toEqual([5]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is waited for longer once all of it has left, which may still be in the system's own queue", async () => {
    const { answer, xhr } = put();
    xhr.upload.onload?.();
    await vi.advanceTimersByTimeAsync(2 * stallTime);
    expect(xhr.aborted).toBe(false);
    xhr.onload?.();
    expect(await answer).toMatchObject({ status: 200, headers: { etag: '"e"', "x-odd": "a:b" } });
    expect(vi.getTimerCount()).toBe(0);
    const silent = put();
    silent.xhr.upload.onload?.();
    await vi.advanceTimersByTimeAsync(3 * stallTime);
    await expect(silent.answer).rejects.toMatchObject({ kind: "stalled" });
  });

  it("ends at once when nobody wants it any more, and is not begun then", async () => {
    const abort = new AbortController();
    const { answer, xhr } = put(abort.signal);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ kind: "cancelled" });
    expect([xhr.aborted, vi.getTimerCount()]).toEqual([true, 0]);
    await expect(put(abort.signal).answer).rejects.toMatchObject({ kind: "cancelled" });
    expect(Xhr.last).toBe(xhr);
  });

  it("that was answered from elsewhere was not answered by S3", async () => {
    const { answer, xhr } = put();
    xhr.responseURL = "https://portal.test/login";
    xhr.onload?.();
    await expect(answer).rejects.toMatchObject({ kind: "network" });
  });

  it("leaves to the browser what is the browser's, and reads headers whatever they are", () => {
    const { xhr } = put();
    expect(xhr.sent).toEqual({ "x-amz-date": "now" });
    expect(parseHeaders("")).toEqual({});
    expect(parseHeaders(": no name\nA:1\n\nb")).toEqual({ a: "1" });
  });
});
