/** What is written down of a request: its service and its action, and nothing that it carries. */
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createStorage, type Storage } from "../../src/aws/create-storage.ts";
import { activityPart } from "../../src/background/activity/activity-part.ts";
import { describeRequest, type RequestFacts } from "../../src/background/activity/describe-request.ts";
import { recordFetch, recordWindow } from "../../src/background/activity/record-fetch.ts";
import { recordInPage } from "../../src/background/activity/record-in-page.ts";
import { createRecorder, type Recorder } from "../../src/background/activity/recorder.ts";
import { watchHost } from "../../src/background/activity/watch-host.ts";
import type { ActivityEntry, ActivityService } from "../../src/shared/activity.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { HostFailure, type HostLink } from "../../src/transfers/host/host-link.ts";
import { credentials } from "../aws/support/profile.ts";
import { sample } from "../profiles/sample-profile.ts";

/** A log of its own, and what is in it. */
function noted(): { entries: () => Promise<ActivityEntry[]>; activity: Recorder } {
  const area = { get: async () => undefined, set: async () => {}, remove: async () => {} };
  const activity = createRecorder(async () => activityPart, area);
  return { activity, entries: async () => (await activity.list(0)).entries };
}

afterEach(() => vi.unstubAllGlobals());

const named = (facts: RequestFacts, meant: ActivityService = "other") => {
  const { service, action } = describeRequest(facts, meant);
  return `${service} ${action}`;
};

describe("requests to AWS", () => {
  /** The very requests that the storage sends, with a network that answers nothing. */
  async function sentBy(work: (storage: Storage) => Promise<unknown>): Promise<string[]> {
    const sent: string[] = [];
    const storage = createStorage({
      profile: sample,
      identity: "alice",
      credentials: async () => credentials,
      fetch: async (url, init) => {
        sent.push(named({ ...init, url: String(url) }));
        return new Response("{}", { status: 400, headers: { "content-type": "application/json" } });
      },
    });
    const done = await work(storage).catch(() => null);
    const signed = done as RequestFacts | null;
    return typeof signed?.url === "string" ? [named(signed)] : [...new Set(sent)];
  }
  const put = { path: "a b/ü.txt", size: 5, contentType: "", crc32: null, ifNoneMatch: true };
  const upload = { path: "a.txt", uploadId: "u-1" };

  test.each<[string, (storage: Storage) => Promise<unknown>]>([
    ["s3 PutObject", ({ files }) => files.signPut(put)],
    ["s3 GetObject", ({ files }) => files.signGet({ path: "a", range: "bytes=0-9" })],
    ["s3 CopyObject", ({ files }) => files.signCopy({ ...put, from: "uploads", etag: '"e"' })],
    ["s3 CreateMultipartUpload", ({ files }) => files.signCreateUpload({ path: "a", contentType: "" })],
    ["s3 UploadPart", ({ files }) => files.signUploadPart({ ...upload, partNumber: 1, size: 5, crc32: null })],
    [
      "s3 CompleteMultipartUpload",
      ({ files }) => files.signCompleteUpload({ ...upload, parts: [], size: 5, crc32: null, ifNoneMatch: false }),
    ],
    ["s3 AbortMultipartUpload", ({ files }) => files.signAbortUpload(upload)],
    ["s3 ListParts", ({ files }) => files.listParts(upload)],
    ["s3 ListObjectsV2", ({ files }) => files.list({ prefix: "" })],
    ["s3 HeadObject", ({ files }) => files.head("a")],
    ["s3 DeleteObject", ({ files }) => files.delete({ path: "a", etag: '"e"' })],
    ["s3 DeleteObject", ({ files }) => files.undelete({ path: "a", deleteMarker: "m" })],
    ["dynamodb Query", ({ items }) => items.list({})],
    ["dynamodb GetItem", ({ items }) => items.get("a")],
    ["dynamodb PutItem", ({ items }) => items.save({ sortKey: "a", attributes: {}, basis: null })],
    ["dynamodb DeleteItem", ({ items }) => items.delete({ sortKey: "a", basis: {} })],
  ])("%s", async (name, work) => {
    expect(await sentBy(work)).toEqual([name]);
  });

  test("STS and identity pools, by what they call the action", () => {
    const body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=x";
    expect(named({ url: "https://sts.eu-central-1.amazonaws.com/", method: "POST", body })).toBe(
      "sts AssumeRoleWithWebIdentity",
    );
    const headers = { "x-amz-target": "AWSCognitoIdentityService.GetCredentialsForIdentity" };
    const url = "https://cognito-identity.eu-central-1.amazonaws.com/";
    expect(named({ url, method: "POST", headers, body: "{}" })).toBe("cognito-identity GetCredentialsForIdentity");
  });

  test("a presigned link is S3's too", () => {
    expect(named({ url: "https://b.s3.eu-central-1.amazonaws.com/k?X-Amz-Signature=ff&X-Amz-Credential=c" })).toBe(
      "s3 GetObject",
    );
  });
});

test.each([
  ["discovery", "GET", "https://login.example.com/tenant/.well-known/openid-configuration", ""],
  ["keys", "GET", "https://login.example.com/.well-known/jwks.json", ""],
  ["keys", "GET", "https://login.example.com/oauth2/v3/certs", ""],
  ["authorize", "GET", "https://login.example.com/authorize?response_type=code&prompt=none", ""],
  ["end session", "GET", "https://login.example.com/logout?client_id=c&logout_uri=x", ""],
  ["token", "POST", "https://login.example.com/token", "client_id=c&grant_type=refresh_token&refresh_token=r"],
  ["revocation", "POST", "https://login.example.com/revoke", "client_id=c&token=t&token_type_hint=refresh_token"],
  ["end session", "POST", "https://login.example.com/logout", "client_id=c&id_token_hint=i"],
])("the issuer's %s is told by %s %s", (action, method, url, body) => {
  expect(named({ url, method, body: new URLSearchParams(body) }, "issuer")).toBe(`issuer ${action}`);
});

test("a role directory is not taken for the issuer, and what does not tell is what the caller says", () => {
  const headers = { authorization: "Bearer t" };
  expect(named({ url: "https://roles.example.com/mine", headers }, "issuer")).toBe("directory roles");
  expect(named({ url: "https://roles.example.com/mine", headers }, "directory")).toBe("directory roles");
  expect(named({ url: "https://example.com/.well-known/holdall.json" }, "profile-link")).toBe("profile-link fetch");
});

/** Digits and dashes in it: nothing that could be the name of an action. */
const canary = fc.uuid().map((id) => `canary-${id}`);
const place = fc.constantFrom("query", "path", "header", "form", "json", "user", "fragment", "name");

function hidden(secret: string, where: string): { url: string; init: RequestInit } {
  const url = new URL("https://bucket.s3.eu-central-1.amazonaws.com/a/b?uploadId=1");
  const headers: Record<string, string> = { authorization: "AWS4-HMAC-SHA256 Credential=a" };
  let body: BodyInit | null = null;
  if (where === "query") url.searchParams.set("uploadId", secret);
  if (where === "name") url.searchParams.set(secret, "");
  if (where === "path") url.pathname = `/${secret}/.well-known/openid-configuration`;
  if (where === "user") url.password = secret;
  if (where === "fragment") url.hash = secret;
  if (where === "header") Object.assign(headers, { authorization: `Bearer ${secret}`, "x-amz-security-token": secret });
  if (where === "form") body = new URLSearchParams({ Action: secret, grant_type: secret, token: secret });
  if (where === "json") {
    headers["x-amz-target"] = `DynamoDB_20120810.${secret}`;
    body = JSON.stringify({ Key: { pk: { S: secret } } });
  }
  return { url: url.href, init: { method: body === null ? "GET" : "POST", headers, body } };
}

describe("no secret", () => {
  const meant = fc.constantFrom<ActivityService>("issuer", "sts", "other", "page-source");

  test("of address, headers or body is in an entry, whether an answer comes or not", async () => {
    vi.stubGlobal("navigator", { onLine: true });
    await fc.assert(
      fc.asyncProperty(canary, place, meant, fc.boolean(), async (secret, where, service, answers) => {
        const { entries, activity } = noted();
        const { url, init } = hidden(secret, where);
        const send = async () => {
          if (!answers) throw new TypeError(`could not fetch ${secret}`);
          return new Response(secret, { headers: { "x-amz-request-id": `<${secret}>`, etag: secret } });
        };
        const record = recordFetch(activity, send, service, "p");
        await record(url, init).then(
          (response) => response.text(),
          () => null,
        );
        expect(await entries()).toHaveLength(1);
        expect(JSON.stringify(await entries())).not.toContain(secret);
      }),
    );
  });

  test("of what the transfer host is given is in an entry either", async () => {
    await fc.assert(
      fc.asyncProperty(canary, place, async (secret, where) => {
        const { entries, activity } = noted();
        const { url, init } = hidden(secret, where);
        const request = { url, method: "PUT", headers: init.headers as Record<string, string>, body: secret };
        const answer = { status: 200, headers: { etag: secret }, bodyText: secret };
        const host = watchHost(
          {
            send: async () => answer,
            put: async () => answer,
            take: async () => ({ status: 200, headers: {}, url, bytes: null, end: "whole" }),
          } as unknown as HostLink,
          activity,
          () => "p",
        );
        const watch = { signal: new AbortController().signal };
        await host.send(request, watch);
        const bytes = { transferId: secret, segmentSize: 1, live: false };
        await host.put({ bytes, range: { start: 0, end: 1 }, request }, watch);
        await host.take({ url, credentials: "omit", redirect: "follow", largest: 1, longest: 1 }, watch);
        expect(await entries()).toHaveLength(3);
        expect(JSON.stringify(await entries())).not.toContain(secret);
      }),
    );
  });
});

describe("a fetch", () => {
  const signal = new AbortController().signal;
  const request = { method: "POST", headers: { "x-amz-target": "DynamoDB_20120810.Query" }, body: "ü{}", signal };
  const url = "https://dynamodb.eu-central-1.amazonaws.com/";

  test("is one line with both sizes, the service's id and the profile", async () => {
    const { entries, activity } = noted();
    const headers = { "x-amzn-requestid": "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG" };
    const send = recordFetch(activity, async () => new Response('{"a":"ü"}', { headers }), "other", "p");
    expect(await (await send(url, request)).json()).toEqual({ a: "ü" });
    expect(await entries()).toEqual([
      {
        ...{ n: 1, at: expect.any(Number), ms: expect.any(Number), profile: "p", service: "dynamodb" },
        ...{ host: "dynamodb.eu-central-1.amazonaws.com", action: "Query", status: 200, error: null },
        ...{ sent: 4, received: 10, requestId: headers["x-amzn-requestid"] },
      },
    ]);
  });

  test("whose answer nobody reads has the length that was announced, or none", async () => {
    const { entries, activity } = noted();
    const answers = [new Response(null, { headers: { "content-length": "0" } }), new Response("x")];
    const send = recordFetch(activity, async () => answers.shift() ?? Response.error(), "other", null);
    for (let sent = 0; sent < 3; sent++) await send(url);
    expect((await entries()).map(({ status, received, sent }) => [status, received, sent])).toEqual([
      [200, 0, 0],
      [200, null, 0],
      [null, null, 0],
    ]);
  });

  test("that was led elsewhere names both hosts", async () => {
    const { entries, activity } = noted();
    const answer = new Response("");
    Object.defineProperties(answer, { redirected: { value: true }, url: { value: "https://proxy.example/" } });
    await recordFetch(activity, async () => answer, "other", null)(url);
    expect((await entries()).map(({ host, status }) => [host, status])).toEqual([
      ["dynamodb.eu-central-1.amazonaws.com", null],
      ["proxy.example", 200],
    ]);
  });

  test.each<[string, boolean, unknown, AbortSignal]>([
    ["unreachable", true, new TypeError("Failed to fetch"), signal],
    ["offline", false, new TypeError("Failed to fetch"), signal],
    ["cancelled", true, new DOMException("", "AbortError"), AbortSignal.abort()],
    ["timeout", true, new DOMException("", "TimeoutError"), AbortSignal.abort(new DOMException("", "TimeoutError"))],
    ["permission-needed", true, new HoldallError("permission-needed"), signal],
  ])("without an answer says %s, and fails as it did", async (error, onLine, cause, aborted) => {
    vi.stubGlobal("navigator", { onLine });
    const { entries, activity } = noted();
    const send = recordFetch(activity, () => Promise.reject(cause), "other", null);
    await expect(send(url, { ...request, signal: aborted })).rejects.toBe(cause);
    expect(await entries()).toMatchObject([{ status: null, error, sent: null, received: null }]);
  });
});

test("a sign-in window is one line, with how it ended", async () => {
  const { entries, activity } = noted();
  const url = "https://login.example.com:8443/authorize?response_type=code&state=s";
  for (const kind of ["redirected", "closed"]) await recordWindow(activity, url, async () => ({ kind }));
  const line = { service: "issuer", action: "authorize", host: "login.example.com:8443", status: null };
  expect(await entries()).toMatchObject([
    { ...line, error: null },
    { ...line, error: "closed" },
  ]);
});

describe("the transfer host", () => {
  const headers = { authorization: "AWS4-HMAC-SHA256 x", "x-amz-security-token": "t" };
  const request = { url: "https://b.s3.eu-central-1.amazonaws.com/k?partNumber=1&uploadId=u", method: "PUT", headers };
  const put = { bytes: { transferId: "t", segmentSize: 9, live: false }, range: { start: 10, end: 15 }, request };
  const watch = { signal: new AbortController().signal };
  const watched = (host: Partial<HostLink>) => {
    const { entries, activity } = noted();
    return { entries, host: watchHost(host as HostLink, activity, (one) => (one === request ? "p" : null)) };
  };
  const fails = (kind: ConstructorParameters<typeof HostFailure>[0]) => () => Promise.reject(new HostFailure(kind));

  test("sends a part: one line, for the profile that signed it", async () => {
    const answer = { status: 200, headers: { "x-amz-request-id": "4442587FB7D0A2F9" }, bodyText: "" };
    const { entries, host } = watched({ put: async () => answer });
    expect(await host.put(put, watch)).toBe(answer);
    expect(await entries()).toMatchObject([
      {
        service: "s3",
        action: "UploadPart",
        profile: "p",
        status: 200,
        sent: 5,
        received: 0,
        requestId: "4442587FB7D0A2F9",
      },
    ]);
  });

  test("fetches: what was received is told, of an error its document", async () => {
    const answers = [
      { answer: { status: 206, headers: {}, bodyText: "" }, fetched: { size: 1000, crc32: "" } },
      { answer: { status: 404, headers: {}, bodyText: "<Error/>" }, fetched: null },
    ];
    const { entries, host } = watched({ fetch: async () => answers.shift() as never });
    const get = { transferId: "t", index: 0, request: { ...request, url: "https://b.example/k", method: "GET" } };
    await host.fetch(get, watch);
    await host.fetch(get, watch);
    expect((await entries()).map(({ action, status, received }) => [action, status, received])).toEqual([
      ["GetObject", 206, 1000],
      ["GetObject", 404, 8],
    ]);
  });

  test.each(["stalled", "host-lost", "full", "cancelled"] as const)(
    "a request that ended as %s says so",
    async (kind) => {
      const { entries, host } = watched({ put: fails(kind) });
      await expect(host.put(put, watch)).rejects.toMatchObject({ kind });
      expect(await entries()).toMatchObject([{ error: kind, status: null, sent: null }]);
    },
  );

  test("nothing that did not go out is a line", async () => {
    const { entries, host } = watched({ put: fails("source"), send: fails("cancelled") });
    await expect(host.put(put, watch)).rejects.toThrow();
    await expect(host.send(request, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await entries()).toEqual([]);
  });

  test("what a page shows is of its own kind; where redirects led is a line too", async () => {
    vi.stubGlobal("navigator", { onLine: true });
    const found = {
      status: 200,
      headers: {},
      url: "https://cdn.example/p.png",
      bytes: new Blob(["abc"]),
      end: "whole",
    };
    const { entries, host } = watched({ take: async () => found as never });
    const source = { credentials: "omit", redirect: "follow", largest: 1, longest: 1 } as const;
    await host.take({ ...source, url: "https://notes.example/p" }, watch);
    await host.take({ ...source, url: "https://cdn.example/q" }, watch);
    const broken = watched({ take: fails("network") });
    await expect(broken.host.take({ ...source, url: "https://notes.example/p" }, watch)).rejects.toThrow();
    expect((await entries()).map(({ service, host: at, status, received }) => [service, at, status, received])).toEqual(
      [
        ["page-source", "notes.example", null, null],
        ["page-source", "cdn.example", 200, 3],
        ["page-source", "cdn.example", 200, 3],
      ],
    );
    expect(await broken.entries()).toMatchObject([{ service: "page-source", error: "unreachable" }]);
  });
});

test("what is fetched within a page is a line, unless it goes over no network", async () => {
  const { entries, activity } = noted();
  const url = "https://notes.example/p.png";
  await recordInPage(activity, url, async () => ({ bytes: new Blob(["abc"]) }));
  await recordInPage(activity, url, async () => null);
  await recordInPage(activity, "blob:https://notes.example/1", async () => ({ bytes: new Blob(["abc"]) }));
  const refused = new HoldallError("capture-unfetchable", { subs: ["notes.example/p.png", "HTTP 403"] });
  await expect(recordInPage(activity, url, () => Promise.reject(refused))).rejects.toBe(refused);
  expect(await entries()).toMatchObject([
    { action: "fetch in page", received: 3, error: null },
    { received: null, error: "unreadable" },
    { status: 403, error: null },
  ]);
});
