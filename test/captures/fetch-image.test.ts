import { afterEach, describe, expect, it, vi } from "vitest";
import { type FetchImageDeps, fetchImage, maxImageSize } from "../../src/captures/fetch-image.ts";
import { pixel } from "./images.ts";

afterEach(() => void vi.useRealTimers());

function answering(response: Response, url = "https://x.test/a.png") {
  return vi.fn<typeof fetch>(async () => Object.defineProperty(response, "url", { value: url }));
}

const image = (init: ResponseInit = { headers: { "content-type": "image/png" } }) => new Response(pixel, init);

function deps(change: Partial<FetchImageDeps> = {}): FetchImageDeps {
  return { fetch: answering(image()), holdsHost: async () => true, ownHosts: [], touch: () => undefined, ...change };
}

const source = "https://x.test/a.png";

describe("fetching an image", () => {
  it("gives its bytes and what the server calls them, as the browser shows it: with cookies", async () => {
    const fetched = answering(image());
    expect(await fetchImage(source, deps({ fetch: fetched }))).toEqual({ bytes: pixel, type: "image/png" });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: "include", referrerPolicy: "no-referrer" });
  });

  it("reads data: URLs without asking for a host", async () => {
    const url = `data:image/png;base64,${btoa(String.fromCharCode(...pixel))}`;
    const { bytes } = await fetchImage(url, deps({ fetch, holdsHost: async () => false }));
    expect(bytes).toEqual(pixel);
  });

  it.each(["blob:https://x.test/1", "file:///etc/passwd", "chrome-extension://a/b.png", "javascript:1", "no url"])(
    "%s is not fetched",
    async (url) => {
      const fetched = vi.fn<typeof fetch>();
      await expect(fetchImage(url, deps({ fetch: fetched }))).rejects.toMatchObject({ code: "capture-unfetchable" });
      expect(fetched).not.toHaveBeenCalled();
    },
  );

  it("a private address is not asked, unless it is the profile's own", async () => {
    const fetched = answering(image(), "http://127.0.0.1:9000/a.png");
    const url = "http://127.0.0.1:9000/a.png";
    const blocked = { code: "capture-blocked", facts: { subs: ["127.0.0.1:9000"] } };
    await expect(fetchImage(url, deps({ fetch: fetched }))).rejects.toMatchObject(blocked);
    await expect(fetchImage(url, deps({ fetch: fetched, ownHosts: ["127.0.0.1:9001"] }))).rejects.toMatchObject(
      blocked,
    );
    expect(fetched).not.toHaveBeenCalled();
    expect(await fetchImage(url, deps({ fetch: fetched, ownHosts: ["127.0.0.1:9000"] }))).toMatchObject({
      bytes: pixel,
    });
  });

  it("what a redirect to a private address answers is not kept", async () => {
    const redirected = answering(image(), "http://192.168.0.1/secret.png");
    await expect(fetchImage(source, deps({ fetch: redirected }))).rejects.toMatchObject({ code: "capture-blocked" });
  });

  it("a host without permission is named", async () => {
    const asked: string[] = [];
    const holdsHost = async (pattern: string) => asked.push(pattern) === 0;
    const refused = fetchImage("https://x.test:8443/a.png", deps({ holdsHost }));
    await expect(refused).rejects.toMatchObject({ code: "permission-needed", facts: { subs: ["x.test:8443"] } });
    expect(asked).toEqual(["https://x.test/*"]);
  });

  it.each([
    ["HTTP 404", answering(new Response("no", { status: 404 })), "capture-unfetchable"],
    ["no bytes", answering(new Response("")), "capture-empty"],
    [
      "too many bytes announced",
      answering(image({ headers: { "content-length": String(maxImageSize + 1) } })),
      "file-too-large",
    ],
    ["no network", vi.fn(() => Promise.reject(new TypeError("Failed to fetch"))), "capture-unfetchable"],
  ])("%s is said", async (_name, fetched, code) => {
    await expect(fetchImage(source, deps({ fetch: fetched }))).rejects.toMatchObject({ code });
  });

  it("a body without end is cut off", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(8 * 1024 * 1024)),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(fetchImage(source, deps({ fetch: answering(new Response(body)) }))).rejects.toMatchObject({
      code: "file-too-large",
    });
    expect(cancelled).toBe(true);
  });

  it("a server that never answers is left after two minutes, and the background is kept meanwhile", async () => {
    vi.useFakeTimers();
    const touch = vi.fn();
    const silent: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))));
    const fetched = expect(fetchImage(source, deps({ fetch: silent, touch }))).rejects.toMatchObject({
      code: "capture-unfetchable",
      facts: { subs: [source, "timeout"] },
    });
    await vi.advanceTimersByTimeAsync(121_000);
    await fetched;
    expect(touch).toHaveBeenCalledTimes(11);
  });
});
