/** The backend for remoteStorage.js: what it makes of failures, and of a person who goes and comes back. */
import { beforeEach, expect, test, vi } from "vitest";
import { HoldallError } from "../../client/src/holdall-error.ts";
import { useHoldall } from "../../client/src/remote-storage.ts";
import type { ErrorCode } from "../../client/src/types.ts";

type Answer = { statusCode: number; body?: unknown };
interface Remote {
  connected: boolean;
  online: boolean;
  get(path: string, match?: object): Promise<Answer>;
  put(path: string, body: unknown, type: string): Promise<Answer>;
}

const reload = vi.fn();

beforeEach(() => {
  reload.mockClear();
  vi.stubGlobal("localStorage", {});
  vi.stubGlobal("location", { reload });
});

async function world(person = "alice") {
  const listeners = new Map<string, (event: object) => void>();
  const emitted: string[] = [];
  let code: ErrorCode | null = null;
  const answer = async <T>(value: T): Promise<T> => {
    if (code !== null) throw new HoldallError({ code, message: code });
    return value;
  };
  const stored = [
    { path: "list/a", version: "1", size: 3 },
    { path: "list/deep/b", version: "2", size: 4 },
  ];
  /** How long a write takes. */
  let written = Promise.resolve();
  const holdall = {
    permissions: async () => ({ person }),
    files: {
      put: async (path: string) => {
        await written;
        const { version } = await answer({ version: "1" });
        stored.push({ path, version, size: 1 });
        return { version };
      },
      get: () => answer({ version: "1", type: "application/json", text: async () => `{"milk":1}` }),
      list: async function* () {
        yield* await answer([...stored]);
      },
    },
    on: (name: string, listener: (event: object) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  } as unknown as Parameters<typeof useHoldall>[1];
  /** What was kept is gone once it says so. */
  let disconnected = () => {};
  const storage = {
    remote: null as unknown,
    _emit: (event: string) => void emitted.push(event),
    on: (_: "disconnected", listener: () => void) => {
      disconnected = listener;
    },
    disconnect: () => void emitted.push("disconnect"),
  };
  const using = useHoldall(storage, holdall);
  await Promise.race([using, new Promise((resolve) => setTimeout(resolve, 20))]);
  return {
    emptied: () => disconnected(),
    remote: storage.remote as Remote,
    emitted,
    writing: (until: Promise<void>) => {
      written = until;
    },
    failing: (next: ErrorCode | null) => {
      code = next;
    },
    say: (name: string, event: object) => listeners.get(name)?.(event),
    listens: () => listeners.size > 0,
  };
}

const rejected = (answer: Promise<Answer>) =>
  answer.then(
    ({ statusCode }) => statusCode,
    (error) => (error as HoldallError).code,
  );

test.each(["unavailable", "signed-out", "over-limit"] as const)(
  "%s: offline, until something is answered",
  async (code) => {
    const { remote, emitted, failing } = await world();
    failing(code);
    // remoteStorage.js takes what rejects for a network that is away, and tries again; a status of 401 it would give up.
    expect(await rejected(remote.put("/list/a", "x", "text/plain"))).toBe(code);
    expect(await rejected(remote.get("/list/a"))).toBe(code);
    expect([remote.online, remote.connected]).toEqual([false, true]);
    failing(null);
    expect(await rejected(remote.put("/list/a", "x", "text/plain"))).toBe(200);
    expect([remote.online, remote.connected]).toEqual([true, true]);
    expect(emitted).toEqual(["connected", "network-offline", "network-online"]);
  },
);

test.each(["signed-out", "paused"])(
  "a person who %s the connection and comes back finds it going on",
  async (reason) => {
    const { remote, emitted, failing, say, listens } = await world();
    say("disconnect", { name: "disconnect", reason });
    failing(reason === "paused" ? "refused" : "signed-out");
    expect(await rejected(remote.put("/list/a", "x", "text/plain"))).toBe(
      reason === "paused" ? "refused" : "signed-out",
    );
    expect([remote.online, remote.connected, listens()]).toEqual([false, true, true]);
    failing(null);
    expect(await rejected(remote.put("/list/a", "x", "text/plain"))).toBe(200);
    expect(emitted).toEqual(["connected", "network-offline", "network-online"]);
  },
);

test.each([
  ["disconnect", { name: "disconnect", reason: "revoked" }],
  ["expired", { name: "expired" }],
])("%s for good ends it", async (name, event) => {
  const { remote, emitted, say, listens } = await world();
  say(name, event);
  expect([remote.connected, listens()]).toEqual([false, false]);
  expect(emitted).toEqual(["connected", "not-connected"]);
});

test("what is kept of alice is removed before bob's begins, and the page starts anew", async () => {
  await world("alice");
  const bobs = await world("bob");
  expect([bobs.remote, bobs.emitted]).toEqual([null, ["disconnect"]]);
  // The browser went away before it was done.
  const again = await world("bob");
  expect([again.remote, again.emitted]).toEqual([null, ["disconnect"]]);
  again.emptied();
  expect(reload).toHaveBeenCalledTimes(1);
  expect((await world("bob")).emitted).toEqual(["connected"]);
});

test("a tab of alice that is still open sends nothing of what is bob's by now", async () => {
  const { remote } = await world("alice");
  (await world("bob")).emptied();
  await expect(remote.put("/list/a", "x", "text/plain")).rejects.toThrow();
  expect([remote.online, remote.connected]).toEqual([false, true]);
});

test("what was not allowed, is gone or was changed is said by its status", async () => {
  const { remote, failing } = await world();
  const statuses = [];
  for (const code of ["refused", "not-found", "conflict", "too-large", "not-connected"] as const) {
    failing(code);
    statuses.push(await rejected(remote.get("/list/a")));
  }
  expect(statuses).toEqual([403, 404, 412, 413, 401]);
  expect(remote.online).toBe(true);
});

test("a folder has its files and folders; what did not change is not sent again", async () => {
  const { remote } = await world();
  const listed = (await remote.get("/list/")) as Answer & { revision: string };
  expect(listed).toMatchObject({
    statusCode: 200,
    body: { a: { ETag: "1", "Content-Length": 3 }, "deep/": { ETag: expect.any(String) } },
  });
  expect((await remote.get("/list/", { ifNoneMatch: listed.revision })).statusCode).toBe(304);
  expect((await remote.get("/list/a")).body).toEqual({ milk: 1 });
});

test("a file that was written is in its folder, though a list was asked for meanwhile", async () => {
  const { remote, writing } = await world();
  let finish = () => {};
  writing(
    new Promise((resolve) => {
      finish = resolve;
    }),
  );
  const put = remote.put("/new/x", "text", "text/plain");
  await remote.get("/list/");
  finish();
  await put;
  expect((await remote.get("/new/")).body).toHaveProperty("x");
});
