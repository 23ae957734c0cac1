/** Content script and page script in real pages, against a background that answers with what it was asked. */

import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import type { SiteProbeQuestion } from "./site-pages/background.ts";
import { findProvider, type Provider } from "./site-pages/page-side.ts";
import { writeSiteProbe } from "./site-pages/write-site-probe.ts";

declare const provider: Provider;

const rules = JSON.stringify({ prerender: [{ source: "list", urls: ["/ahead"], eagerness: "immediate" }] });
const bodies: Record<string, string> = {
  "/framed": `<iframe src="/"></iframe>`,
  "/foresees": `<!doctype html><title>Foresees</title><script type="speculationrules">${rules}</script>`,
  // Notes what it had while nobody had come to it yet.
  // Notes what it had while nobody had come to it yet, and tells the server itself: the driver loses sight of such a tab.
  "/ahead": `<!doctype html><title>Ahead</title><script>
    const seen = { ahead: document.prerendering, found: false, answer: null };
    addEventListener("holdall:announce", async ({ detail: provider }) => {
      if (document.prerendering) seen.found = true;
      if (seen.answer !== null) return;
      seen.answer = await provider.request({ method: "echo", params: 9 });
      await fetch("/told", { method: "POST", body: JSON.stringify(seen) });
    });
    dispatchEvent(new CustomEvent("holdall:find"));
  </script>`,
};

interface Counts {
  requests: number;
  cancelled: number;
  mores: number;
  hellos: number;
  urls: string[];
  ports: number;
  asked: string[];
}

describe.each(BROWSER_NAMES)("pages of connected sites in %s", (name) => {
  let extension: string;
  let server: Server;
  let origin: string;
  let browser: ExtensionBrowser;
  let own: Page;
  let page: Page;
  const requested: string[] = [];
  let told: string | undefined;

  const ask = (question: SiteProbeQuestion): Promise<Counts> =>
    own.evaluate(
      (asked) => (globalThis as unknown as { browser: typeof chrome }).browser.runtime.sendMessage(asked),
      question,
    );

  beforeAll(async () => {
    server = createServer((request, response) => {
      requested.push(request.url ?? "");
      if (request.method === "POST") {
        request.setEncoding("utf8").once("data", (text: string) => {
          told = text;
        });
      }
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(bodies[request.url ?? ""] ?? `<!doctype html><title>Site</title><p>Site</p>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    extension = await writeSiteProbe(name);
    browser = await launchExtension(name, { extension });
    own = await browser.openExtensionPage("/app.html");
    await ask({ do: "count" });
    page = await browser.openWebPage(origin);
  });
  afterAll(async () => {
    await browser?.dispose();
    server?.close();
    if (extension) await rm(extension, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await ask({ do: "welcome", welcome: true });
    await page.goto(`${origin}/`);
    expect(await page.evaluate(findProvider)).toBe(true);
  });

  test("the provider is frozen, and values cross as they are", async () => {
    const seen = await page.evaluate(async () => {
      const value = {
        text: "é",
        number: 1.5,
        big: 12345678901234567890n,
        yes: true,
        nothing: null,
        bytes: new Uint8Array([1, 2, 255]),
        set: new Set(["a", "b"]),
        list: [1, { deep: [] }],
        ["__proto__"]: 1,
      };
      const back = (await provider.request({ method: "echo", params: { value } })) as { value: typeof value };
      const it = back.value;
      return {
        frozen: Object.isFrozen(provider),
        text: it.text,
        number: it.number,
        big: String(it.big),
        yes: it.yes,
        nothing: it.nothing,
        bytes: it.bytes instanceof Uint8Array && [...it.bytes],
        set: it.set instanceof Set && [...it.set],
        list: it.list,
      };
    });
    expect(seen).toEqual({
      frozen: true,
      text: "é",
      number: 1.5,
      big: "12345678901234567890",
      yes: true,
      nothing: null,
      bytes: [1, 2, 255],
      set: ["a", "b"],
      list: [1, { deep: [] }],
    });
  });

  test("bodies of every kind arrive as blobs", async () => {
    const texts = await page.evaluate(async () => {
      const bytes = new TextEncoder().encode("bytes");
      const bodies = [
        "text",
        bytes,
        bytes.buffer,
        new Blob(["blob"], { type: "image/x" }),
        new Blob(["stream"]).stream(),
      ];
      const answers = [];
      for (const body of bodies)
        answers.push(await provider.request({ method: "files.put", params: { path: "a", body } }));
      const failed = await provider
        .request({ method: "files.put", params: { path: "a", body: 5 } })
        .catch((error) => error.code);
      return [...answers.map((answer) => Object.values(answer as object).join(" ")), failed];
    });
    expect(texts).toEqual([
      "a text text/plain;charset=utf-8",
      "a bytes ",
      "a bytes ",
      "a blob image/x",
      "a stream ",
      "invalid",
    ]);
  });

  test("a file comes as stream, blob or text, piece by piece, once", async () => {
    const before = await ask({ do: "count" });
    const seen = await page.evaluate(async () => {
      type File = {
        size: number;
        text(): Promise<string>;
        blob(): Promise<Blob>;
        stream(): ReadableStream<Uint8Array>;
      };
      const get = async () => (await provider.request({ method: "files.get", params: { path: "a" } })) as File;
      const first = await get();
      const text = await first.text();
      const twice = await first.blob().catch((error) => error.code);
      const blob = await (await get()).blob();
      const chunks: string[] = [];
      for await (const chunk of (await get()).stream() as unknown as AsyncIterable<Uint8Array>) {
        chunks.push(new TextDecoder().decode(chunk));
      }
      const reader = (await get()).stream().getReader();
      await reader.read();
      await reader.cancel();
      return { text, twice, type: blob.type, blob: await blob.text(), chunks };
    });
    expect(seen).toEqual({
      text: "one two three",
      twice: "invalid",
      type: "text/plain",
      blob: "one two three",
      chunks: ["one ", "two ", "three"],
    });
    await expect.poll(async () => (await ask({ do: "count" })).cancelled).toBe(before.cancelled + 1);
    // Nothing was fetched ahead of the reader.
    expect((await ask({ do: "count" })).mores).toBe(before.mores + 4 * 3 + 1);
  });

  test("errors have a code; a signal cancels", async () => {
    const before = await ask({ do: "count" });
    const seen = await page.evaluate(async () => {
      const of = (error: Error & { code: string; detail?: string }) => [
        error instanceof Error,
        error.name,
        error.code,
        ...(error.detail ? [error.detail] : []),
      ];
      const abort = new AbortController();
      const never = provider.request({ method: "never", signal: abort.signal }).catch(of);
      setTimeout(() => abort.abort(), 100);
      const refused = await provider.request({ method: "refused" }).catch(of);
      const uncloned = await provider.request({ method: "echo", params: { value: () => {} } }).catch(of);
      const map = await provider.request({ method: "echo", params: { value: new Map() } }).catch(of);
      const large = await provider.request({ method: "echo", params: { value: "x".repeat(2e6) } }).catch(of);
      const round: { self?: unknown } = {};
      round.self = round;
      const circle = await provider.request({ method: "echo", params: round }).catch(of);
      const late = await provider.request({ method: "echo", signal: AbortSignal.abort() }).catch(of);
      return { refused, uncloned, map, large, circle, late, never: await never };
    });
    const whole = (code: string, detail?: string) => [true, "HoldallError", code, ...(detail ? [detail] : [])];
    expect(seen).toEqual({
      refused: whole("refused", "files"),
      uncloned: whole("invalid", "params"),
      map: whole("invalid", "params"),
      large: whole("too-large", "params"),
      circle: whole("too-large", "params"),
      late: whole("cancelled"),
      never: whole("cancelled"),
    });
    await expect.poll(async () => (await ask({ do: "count" })).cancelled).toBe(before.cancelled + 1);
  });

  test("a stream that is no file: it is cancelled, or said to be what it is", async () => {
    const before = await ask({ do: "count" });
    const seen = await page.evaluate(async () => {
      const of = (error: Error & { code?: string; detail?: string }) => [
        error.name,
        error.code,
        error.detail ?? "",
        error.cause instanceof Error ? error.cause.message : typeof error.cause,
      ];
      const put = (body: unknown, signal?: AbortSignal) =>
        Promise.race([
          provider.request({ method: "files.put", params: { path: "a", body }, ...(signal && { signal }) }).catch(of),
          new Promise((resolve) => setTimeout(resolve, 3000, "never")),
        ]);
      const source = (chunk: unknown, each = 5) => {
        const seen = { cancelled: "no", stream: null as ReadableStream | null };
        seen.stream = new ReadableStream({
          pull: async (controller) => {
            await new Promise((resolve) => setTimeout(resolve, each));
            controller.enqueue(chunk);
          },
          cancel: (reason) => {
            seen.cancelled = reason?.name ?? String(reason);
          },
        });
        return seen;
      };
      const bytes = new Uint8Array(10);
      const abort = new AbortController();
      const endless = source(bytes);
      // Waits for a piece that does not come.
      const silent = source(bytes, 1e6);
      setTimeout(() => abort.abort(), 200);
      const [aborted, unheard] = await Promise.all([
        put(endless.stream, abort.signal),
        put(silent.stream, abort.signal),
      ]);
      const early = source(bytes);
      const late = await put(early.stream, AbortSignal.abort());
      const broken = await put(
        new ReadableStream({
          pull: () => {
            throw new Error("broken");
          },
        }),
      );
      const locked = new ReadableStream();
      locked.getReader();
      const texts = source("text");
      const whole = new Blob(["whole"]).stream();
      return {
        endless: [aborted, endless.cancelled],
        silent: [unheard, silent.cancelled],
        early: [late, early.cancelled],
        broken,
        locked: ((await put(locked)) as unknown[]).slice(0, 3),
        texts: [((await put(texts.stream)) as unknown[]).slice(0, 3), texts.cancelled !== "no"],
        whole: await put(whole, new AbortController().signal),
      };
    });
    const cancelled = ["HoldallError", "cancelled", "", expect.any(String)];
    expect(seen).toEqual({
      endless: [cancelled, "AbortError"],
      silent: [cancelled, "AbortError"],
      early: [cancelled, "AbortError"],
      broken: ["HoldallError", "invalid", "params.body", "broken"],
      locked: ["HoldallError", "invalid", "params.body"],
      texts: [["HoldallError", "invalid", "params.body"], true],
      whole: expect.objectContaining({ text: "whole" }),
    });
    expect((await ask({ do: "count" })).requests).toBe(before.requests + 1);
  });

  test("events reach who listens, until they stop", async () => {
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      const stop = provider.on("change", (event) => {
        heard.push(event);
        stop();
      });
      provider.on("expired", (event) => heard.push(event));
    });
    const change = { name: "change", items: ["a"], files: [] } as const;
    for (const event of [change, change, { name: "expired" } as const])
      await ask({ do: "event", event: structuredClone(event) as never });
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard))
      .toEqual([change, { name: "expired" }]);
  });

  test("a document is for the first whom it was answered for, also past a lost port; others' changes are not told", async () => {
    const whose = (person: string) => page.evaluate((params) => provider.request({ method: "whose", params }), person);
    expect([await whose("alice"), await whose("bob")]).toEqual([null, "alice"]);
    await ask({ do: "drop" });
    expect(await whose("bob")).toBe("alice");
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      provider.on("change", (event) => heard.push((event as { items: string[] }).items[0]));
    });
    const change = (of: string) => ({ name: "change" as const, items: [of], files: [] });
    await ask({ do: "event", event: change("bob's"), person: "bob" });
    await ask({ do: "event", event: change("alice's"), person: "alice" });
    await ask({ do: "event", event: change("anybody's") });
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard))
      .toEqual(["alice's", "anybody's"]);
    await page.goto(`${origin}/`);
    expect(await page.evaluate(findProvider)).toBe(true);
    expect([await whose("bob"), await whose("alice")]).toEqual([null, "bob"]);
  });

  test("a lost port: a read is asked again, a write fails, the next request opens it", async () => {
    const outcome = page.evaluate(async () => {
      const write = provider.request({ method: "never" }).catch((error) => error.code);
      const read = provider.request({ method: "permissions", params: { of: "again" } });
      return [await write, await read, await provider.request({ method: "echo", params: 1 })];
    });
    await expect.poll(async () => (await ask({ do: "count" })).asked.at(-1)).toBe("permissions");
    await ask({ do: "drop" });
    expect(await outcome).toEqual(["unavailable", { of: "again" }, 1]);
  });

  test("once it is connected no more, requests say so", async () => {
    await ask({ do: "welcome", welcome: false });
    await ask({ do: "drop" });
    const codes = await page.evaluate(async () => {
      const all = [];
      for (let at = 0; at < 5; at++) all.push(await provider.request({ method: "echo" }).catch((error) => error.code));
      return all;
    });
    expect(codes).toEqual(Array(5).fill("not-connected"));
  });

  test("a page that is not connected notices nothing, until it is", async () => {
    await ask({ do: "welcome", welcome: false });
    await page.goto(`${origin}/`);
    const before = await ask({ do: "count" });
    const plain = await page.evaluate(async () => {
      const heard: string[] = [];
      addEventListener("holdall:announce", () => heard.push("announce"));
      dispatchEvent(new CustomEvent("holdall:find"));
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => heard.push("answer");
      postMessage({ holdall: 1, method: "echo", params: null }, "/", [port2]);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const globals = Object.getOwnPropertyNames(globalThis).filter((key) => /holdall/i.test(key));
      return { heard, globals, html: document.documentElement.outerHTML };
    });
    expect(plain).toEqual({
      heard: [],
      globals: [],
      html: "<html><head><title>Site</title></head><body><p>Site</p></body></html>",
    });
    expect((await ask({ do: "count" })).requests).toBe(before.requests);
    await ask({ do: "welcome", welcome: true });
    await ask({ do: "content" });
    await expect.poll(() => page.evaluate(findProvider)).toBe(true);
    expect(await page.evaluate(() => provider.request({ method: "echo", params: 5 }))).toBe(5);
  });

  test("a frame gets no provider, and says nothing in its parent's name", async () => {
    await page.goto(`${origin}/framed`);
    const frame = page.frames()[1];
    expect(await frame?.evaluate(findProvider)).toBe(false);
    const before = await ask({ do: "count" });
    const heard = await frame?.evaluate(async () => {
      const { port1, port2 } = new MessageChannel();
      const heard = new Promise((resolve) => {
        port1.onmessage = () => resolve("answer");
        setTimeout(() => resolve("nothing"), 500);
      });
      parent.postMessage({ holdall: 1, method: "echo", params: null }, "/", [port2]);
      return await heard;
    });
    expect(heard).toBe("nothing");
    expect((await ask({ do: "count" })).requests).toBe(before.requests);
  });

  test("a page that comes back from the cache goes on", async () => {
    // A tab of its own: Firefox's driver does not find its way in one that went back.
    const other = await browser.openWebPage(`${origin}/`);
    expect(await other.evaluate(findProvider)).toBe(true);
    await other.evaluate(() => void Object.assign(globalThis, { stayed: true }));
    await other.evaluate(() => provider.request({ method: "whose", params: "alice" }));
    await other.goto(`${origin}/other`);
    await other.evaluate(() => history.back());
    // The very document that was left, not one that was loaded again.
    await expect.poll(() => other.evaluate(() => "stayed" in globalThis).catch(() => false)).toBe(true);
    expect(await other.evaluate(() => provider.request({ method: "echo", params: 7 }))).toBe(7);
    expect(await other.evaluate(() => provider.request({ method: "whose", params: "bob" }))).toBe("alice");
    await other.close();
  });

  test("a page that goes elsewhere leaves nothing under way to the next", async () => {
    await page.evaluate(() => void provider.request({ method: "never" }).catch(() => {}));
    await page.goto(`${origin}/other`);
    expect(await page.evaluate(findProvider)).toBe(true);
    await expect.poll(async () => (await ask({ do: "count" })).ports).toBe(1);
  });

  test.runIf(name === "chromium")("a page that is loaded ahead has nothing until somebody comes to it", async () => {
    const other = await browser.openWebPage(`${origin}/`);
    const { hellos } = await ask({ do: "count" });
    await other.goto(`${origin}/foresees`);
    await poll("the page that is loaded ahead", async () => requested.includes("/ahead"));
    // Time for a script that does not wait.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    // The page that foresees it says hello itself.
    expect((await ask({ do: "count" })).hellos).toBe(hellos + 1);
    await other.evaluate(() => void setTimeout(() => location.assign("/ahead")));
    const seen = await poll("the page's own words", async () => told);
    expect(JSON.parse(seen)).toEqual({ ahead: true, found: false, answer: 9 });
    expect((await ask({ do: "count" })).hellos).toBe(hellos + 2);
    await ask({ do: "remove", url: `${origin}/ahead` });
  });

  test("a tab that is put aside leaves nothing under way, and is served when it is shown again", async () => {
    const other = await browser.openWebPage(`${origin}/aside`);
    expect(await other.evaluate(findProvider)).toBe(true);
    await other.evaluate(() => void provider.request({ method: "never" }).catch(() => {}));
    await page.bringToFront();
    const { hellos } = await ask({ do: "count" });
    const served = async () => {
      const count = await ask({ do: "count" });
      const ports = count.urls.filter((url) => url === `${origin}/aside`).length;
      return { ports, hellos: count.hellos - hellos };
    };
    expect(await served()).toEqual({ ports: 1, hellos: 0 });
    await ask({ do: "discard", url: `${origin}/aside` });
    // Chromium loads the tab again at once when it has a driver; else it does when it is shown.
    await ask({ do: "show", url: `${origin}/aside` });
    await expect.poll(served).toEqual({ ports: 1, hellos: 1 });
    await ask({ do: "remove", url: `${origin}/aside` });
  });

  test("10,000 forged messages end in the content script", async () => {
    const before = await ask({ do: "count" });
    const codes = await page.evaluate(async () => {
      const answers: Promise<string>[] = [];
      for (let at = 0; at < 10_000; at++) {
        const { port1, port2 } = new MessageChannel();
        answers.push(
          new Promise((resolve) => {
            port1.onmessage = ({ data }) => {
              resolve(data.result.ok ? "ok" : data.result.error.code);
              port1.close();
            };
          }),
        );
        postMessage({ holdall: 1, method: "never", params: at }, "/", [port2]);
      }
      const limited = await Promise.race([Promise.all(answers.slice(5000)), new Promise<string[]>(() => {})]);
      return [...new Set(limited)];
    });
    expect(codes).toEqual(["over-limit"]);
    const reached = (await ask({ do: "count" })).requests - before.requests;
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThanOrEqual(272);
  });

  test("what a page does to its own world afterwards changes nothing", async () => {
    const seen = await page.evaluate(async () => {
      const fail = () => {
        throw new Error("overridden");
      };
      const own = provider;
      const stream = new Blob(["stream"]).stream();
      const abort = new AbortController();
      Object.getPrototypeOf(stream).getReader = fail;
      const sent = { method: "echo", params: { value: [1, 2] } };
      MessagePort.prototype.postMessage = fail;
      MessagePort.prototype.start = fail;
      EventTarget.prototype.addEventListener = fail;
      Object.defineProperty(MessageEvent.prototype, "data", { get: fail });
      Object.defineProperty(MessageChannel.prototype, "port1", { get: fail });
      Object.defineProperty(Object.prototype, "code", { set: fail, get: () => "stolen", configurable: true });
      globalThis.MessageChannel = fail as never;
      globalThis.postMessage = fail as never;
      globalThis.Promise = fail as never;
      globalThis.Blob = fail as never;
      globalThis.Response = fail as never;
      globalThis.ReadableStream = fail as never;
      ReadableStreamDefaultReader.prototype.read = fail;
      ReadableStreamDefaultReader.prototype.cancel = fail;
      ReadableStreamDefaultController.prototype.enqueue = fail;
      ReadableStreamDefaultController.prototype.close = fail;
      Array.prototype.push = fail as never;
      Function.prototype.call = fail as never;
      Function.prototype.apply = fail as never;
      try {
        (own as { request: unknown }).request = fail;
      } catch {}
      const back = await own.request(sent);
      let code = "";
      try {
        await own.request({ method: "refused" });
      } catch (error) {
        code = (error as { code: string }).code;
      }
      const put = (body: unknown) =>
        own.request({ method: "files.put", params: { path: "a", body }, signal: abort.signal });
      const { text } = (await put(stream)) as { text: string };
      const got = (await own.request({ method: "files.get", params: { path: "a" } })) as { text(): Promise<string> };
      return JSON.stringify([back, code, text, await got.text()]);
    });
    expect(JSON.parse(seen)).toEqual([{ value: [1, 2] }, "refused", "stream", "one two three"]);
  });
});
