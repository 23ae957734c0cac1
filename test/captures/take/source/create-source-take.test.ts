import { describe, expect, it } from "vitest";
import { createSourceTake, type SourceTakeDeps } from "../../../../src/captures/take/source/create-source-take.ts";
import type { TakeInput } from "../../../../src/captures/taken.ts";
import { HoldallError } from "../../../../src/shared/holdall-error.ts";
import { pixel } from "../../images.ts";
import { request } from "../../records.ts";

type Fetched = Awaited<ReturnType<SourceTakeDeps["fetchSource"]>>;

const whole: Fetched = { status: 200, headers: {}, url: "", bytes: new Blob([pixel]), end: "whole" };

function world(change: Partial<SourceTakeDeps> = {}) {
  const asked: string[] = [];
  const take = createSourceTake({
    fetchSource: async ({ url, credentials, redirect }) => {
      asked.push(`${redirect} ${credentials} ${url}`);
      return { ...whole, url };
    },
    fetchInPage: async (_tab, url) => {
      asked.push(`page ${url}`);
      return null;
    },
    fetchData: (url) => fetch(url),
    rules: { set: async () => undefined },
    holdsHost: async () => true,
    ownHosts: async () => ["127.0.0.1:4000"],
    online: () => true,
    ...change,
  });
  const run = (input: Partial<TakeInput>) =>
    take(
      {
        ...{ ...request, id: "01JD0000000000000000000001", profile: "p", allowAddress: false },
        ...{ selection: "markdown", pageFormat: "html" },
        ...input,
      },
      { signal: new AbortController().signal, progress: () => undefined },
    );
  return { run, asked };
}

describe("where a source is fetched", () => {
  it("at the page's own site: by the extension where it may, else in the page", async () => {
    const inPage = { bytes: new Blob([pixel]), type: "", disposition: "" };
    const allowed = world();
    expect(await allowed.run({})).toMatchObject({ type: "image/png", name: "cat" });
    expect(allowed.asked).toEqual([`follow include ${request.url}`]);
    const { run, asked } = world({ holdsHost: async () => false, fetchInPage: async () => inPage });
    expect(await run({})).toMatchObject({ type: "image/png", name: "cat" });
    expect(asked).toEqual([]);
    await expect(world({ holdsHost: async () => false }).run({})).rejects.toMatchObject({ code: "permission-needed" });
  });

  it("in the page too, when its server refuses the extension", async () => {
    const inPage = { bytes: new Blob([pixel]), type: "", disposition: "" };
    const fetchSource = async () => ({ ...whole, status: 403, bytes: null });
    expect(await world({ fetchSource, fetchInPage: async () => inPage }).run({})).toMatchObject({ type: "image/png" });
    await expect(world({ fetchSource }).run({})).rejects.toMatchObject({ code: "capture-unfetchable" });
  });

  it("at another site: by the extension alone, without fragment", async () => {
    const { run, asked } = world();
    await run({ url: "https://cdn.example/a.png#x" });
    expect(asked).toEqual(["follow include https://cdn.example/a.png"]);
  });

  it("without the permission: nowhere, and the host is named", async () => {
    const { run, asked } = world({ holdsHost: async () => false });
    await expect(run({ url: "https://cdn.example:8443/a.png" })).rejects.toMatchObject({
      ...{ code: "permission-needed", facts: { subs: ["cdn.example:8443"] } },
    });
    await expect(run({ url: "http://cdn.example/a.png" })).rejects.toMatchObject({
      ...{ code: "permission-needed", facts: { subs: ["http://cdn.example"] } },
    });
    expect(asked).toEqual([]);
  });

  it.each(["http://192.168.0.1/a.png", "http://2130706433/", "http://[::1]/", "http://127.0.0.1:4001/"])(
    "%s: nowhere, unless the person says so",
    async (url) => {
      const { run, asked } = world();
      await expect(run({ url })).rejects.toMatchObject({ code: "capture-blocked" });
      expect(asked).toEqual([]);
      await run({ url, allowAddress: true });
      expect(asked).toHaveLength(1);
    },
  );

  it("a profile's own services may be local", async () => {
    const { run } = world();
    expect(await run({ url: "http://127.0.0.1:4000/a.png" })).toMatchObject({ type: "image/png" });
  });

  it("data: and blob: without a server", async () => {
    const { run, asked } = world({
      fetchInPage: async () => ({ bytes: new Blob([pixel]), type: "", disposition: "" }),
    });
    expect(await run({ url: `data:image/png;base64,${Buffer.from(pixel).toString("base64")}` })).toMatchObject({
      ...{ type: "image/png", dimensions: { width: 1, height: 1 } },
    });
    expect(await run({ url: "blob:https://notes.example/1" })).toMatchObject({ type: "image/png" });
    expect(asked).toEqual([]);
  });
});

describe("what is wrong with a source", () => {
  const answers = (change: Partial<Fetched>) => world({ fetchSource: async () => ({ ...whole, ...change }) });
  const elsewhere = { url: `https://cdn.example/${"x".repeat(4096)}` };

  it.each([
    [{ status: 404, bytes: null }, "capture-unfetchable"],
    [{ bytes: null, end: "broken" }, "capture-gone"],
    [{ bytes: null, end: "too-large" }, "capture-too-large"],
    [{ bytes: null, end: "endless" }, "capture-endless"],
    [{ bytes: new Blob([]) }, "capture-empty"],
    [{ bytes: new Blob(["hello"]) }, "capture-not-image"],
  ] as const)("%o: %s, in an address that is cut", async (change, code) => {
    const error = await answers(change)
      .run(elsewhere)
      .catch((cause: unknown) => cause as HoldallError);
    expect(error).toMatchObject({ code });
    expect(((error as HoldallError).facts.subs?.[0] ?? "").length).toBeLessThanOrEqual(2048);
  });

  it.each(["", "nonsense", "javascript:alert(1)", "file:///etc/hosts", "chrome://settings"])(
    "%s has no bytes",
    async (url) => {
      const code = url === "" ? "capture-no-source" : "capture-unfetchable";
      await expect(world().run({ url })).rejects.toMatchObject({ code });
    },
  );

  it("a stream that a page puts together has none either", async () => {
    await expect(world().run({ url: "blob:https://notes.example/1", kind: "video" })).rejects.toMatchObject({
      ...{ code: "capture-no-source" },
    });
  });

  const unreachable = () => new HoldallError("unreachable", { subs: ["cdn.example"] });

  it("no network is said as that", async () => {
    const fetchSource = () => Promise.reject(unreachable());
    await expect(world({ fetchSource, online: () => false }).run(elsewhere)).rejects.toMatchObject({ code: "offline" });
    await expect(world({ fetchSource }).run(elsewhere)).rejects.toMatchObject({ code: "capture-unfetchable" });
  });

  it("a redirect to where anybody may read is followed without cookies; to anywhere else it is said", async () => {
    const asked: string[] = [];
    const led = (open: boolean) =>
      world({
        fetchSource: async ({ credentials, redirect, url }) => {
          asked.push(`${redirect} ${credentials}`);
          if (redirect === "manual") return { ...whole, status: 0, bytes: null };
          if (credentials === "include" || !open) throw unreachable();
          return { ...whole, url };
        },
      });
    expect(await led(true).run(elsewhere)).toMatchObject({ type: "image/png" });
    expect(asked).toEqual(["follow include", "manual include", "follow omit"]);
    await expect(led(false).run(elsewhere)).rejects.toMatchObject({ code: "capture-led-away" });
  });
});
