import { describe, expect, it, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { uploadIdOf } from "../../src/transfer-host/send.ts";
import { hostWorld, serve, watch } from "./world.ts";

const post = (url: string, body = "<a/>") => ({ method: "POST", url, headers: { "x-amz-date": "now" }, body });
const upload = {
  ...{ transferId: "t", owner: { profile: "p", identity: "i" }, path: "a" },
  ...{ size: 9, partSize: 5, created: 0 },
};

describe("send", () => {
  it("sends a document and reads the answer, whatever its status", async () => {
    let got = "";
    const url = await serve((request, response) => {
      request.on("data", (chunk) => (got += `${request.method} ${request.headers["x-amz-date"]} ${chunk}`));
      request.on("end", () => response.writeHead(404, { "x-amz-request-id": "r" }).end("<Error/>"));
    });
    const answer = await hostWorld().host.send(post(url), watch());
    expect(got).toBe("POST now <a/>");
    expect(answer).toMatchObject({ status: 404, headers: { "x-amz-request-id": "r" }, bodyText: "<Error/>" });
  });

  it("takes an answer without a body, and cuts an endless one", async () => {
    const url = await serve((request, response) => {
      if (request.method === "DELETE") response.writeHead(204).end();
      else response.end("é".repeat(2_000_000));
    });
    const { host } = hostWorld();
    const deletion = { method: "DELETE", url, headers: {} };
    expect(await host.send(deletion, watch())).toMatchObject({ status: 204, bodyText: "" });
    expect((await host.send(post(url), watch())).bodyText).toHaveLength(1_000_000);
  });

  it("waits long for what S3 answers late, as long as white space comes or does not", async () => {
    const url = await serve((request, response) => {
      if (request.headers["x-spaces"] === undefined) {
        setTimeout(() => response.end("late"), 150);
        return;
      }
      let spaces = 0;
      const timer = setInterval(() => {
        spaces += 1;
        if (spaces < 6) response.write(" ");
        else response.end("<done/>");
        if (spaces === 6) clearInterval(timer);
      }, 40);
    });
    const patient = hostWorld({ stallTime: 60, lateTime: 5000 }).host;
    expect((await patient.send(post(url), watch())).bodyText).toBe("late");
    const copy = { method: "PUT", url, headers: { "x-amz-copy-source": "/b/k" } };
    expect((await patient.send(copy, watch())).bodyText).toBe("late");
    await expect(patient.send({ method: "DELETE", url, headers: {} }, watch())).rejects.toMatchObject({
      kind: "stalled",
    });
    const kept = hostWorld({ stallTime: 60, lateTime: 150 }).host;
    const spaced = { ...post(url), headers: { "x-spaces": "1" } };
    expect((await kept.send(spaced, watch())).bodyText.trim()).toBe("<done/>");
  });

  it("keeps answers out of the HTTP cache, cookies out of the request, and does not follow a redirect", async () => {
    const asked = vi.fn<typeof fetch>(async () => new Response("x"));
    await hostWorld({ fetch: asked }).host.send(post("https://h.test/"), watch());
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ cache: "no-store", credentials: "omit", redirect: "error" });
    let followed = false;
    const elsewhere = await serve((_request, response) => {
      followed = true;
      response.end();
    });
    const url = await serve((_request, response) => response.writeHead(307, { location: elsewhere }).end());
    await expect(hostWorld().host.send(post(url), watch())).rejects.toMatchObject({ kind: "network" });
    expect(followed).toBe(false);
  });

  it("ends when it is cancelled", async () => {
    const url = await serve(() => undefined);
    const abort = new AbortController();
    const sending = hostWorld().host.send(post(url), watch(abort.signal));
    setTimeout(() => abort.abort(), 20);
    await expect(sending).rejects.toMatchObject({ kind: "cancelled" });
    await expect(hostWorld().host.send(post(url), watch(AbortSignal.abort()))).rejects.toMatchObject({
      kind: "cancelled",
    });
  });
});

describe("open", () => {
  const created = "<InitiateMultipartUploadResult><UploadId>a&amp;b</UploadId></InitiateMultipartUploadResult>";

  it("has the upload id in the journal before it answers", async () => {
    const url = await serve((_request, response) => response.end(created));
    const { host, journal } = hostWorld();
    const opened = await host.open(upload, post(url), watch());
    expect(opened).toMatchObject({ uploadId: "a&b", answer: { status: 200 } });
    expect(await journal.uploads()).toEqual([{ ...upload, uploadId: "a&b" }]);
  });

  it("journals nothing when S3 refuses or answers something else", async () => {
    const { host, journal } = hostWorld();
    const refusing = await serve((_request, response) => response.writeHead(403).end("<UploadId>x</UploadId>"));
    const odd = await serve((_request, response) => response.end("<html></html>"));
    for (const url of [refusing, odd])
      expect(await host.open(upload, post(url), watch())).toMatchObject({ uploadId: null });
    expect(await journal.uploads()).toEqual([]);
  });

  it.each([
    ["journal-full", "full"],
    ["journal-damaged", "host-lost"],
  ] as const)("tells the id that the journal did not take, and why: %s", async (code, unnoted) => {
    const url = await serve((_request, response) => response.end(created));
    const { journal } = hostWorld();
    const noteUpload = () => Promise.reject(new HoldallError(code));
    const { host } = hostWorld({ journal: { ...journal, noteUpload } });
    expect(await host.open(upload, post(url), watch())).toMatchObject({ uploadId: "a&b", unnoted });
  });

  it("journals the id of an upload that was made though nobody waits any more", async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const url = await serve((_request, response) => {
      arrived();
      setTimeout(() => response.end(created), 100);
    });
    const { host, journal, heartbeat } = hostWorld();
    const abort = new AbortController();
    const opening = host.open(upload, post(url), watch(abort.signal));
    await asked;
    abort.abort();
    await expect(opening).rejects.toMatchObject({ kind: "cancelled" });
    expect(heartbeat.active).toBe(true);
    await vi.waitFor(async () => expect(await journal.uploads()).toHaveLength(1));
  });

  it("reads ids as XML writes them", () => {
    expect(uploadIdOf("<a><UploadId>\n 1&#65;&#x42;&lt;&quot;&bogus; </UploadId></a>")).toBe('1AB<"&bogus;');
    expect(uploadIdOf("<UploadId></UploadId>")).toBeNull();
  });
});
