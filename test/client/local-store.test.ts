/** The store over items that behave as Holdall's: with the background's own limits, failures as they come, and others who write. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HoldallError } from "../../client/src/holdall-error.ts";
import { openLocalStore } from "../../client/src/local-store.ts";
import type { ErrorCode, Events } from "../../client/src/types.ts";
import { createLimits } from "../../src/sites/limits.ts";
import { faultOf } from "../../src/sites/site-problem.ts";

type Store = Parameters<typeof openLocalStore>[0];
interface Entry {
  text: string;
}

/** What a page's window does here: it hears that the person came back. */
const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Of a query. */
const pageSize = 100;

/** @param requestsPerMinute as the person has chosen */
function world(requestsPerMinute = 6000) {
  const stored = new Map<string, Entry>();
  const limits = createLimits(() => Date.now());
  const listeners = new Set<(event: Events["change"]) => void>();
  const seen = { asked: [] as string[], parallel: 0, most: 0 };
  /** Decides how the next requests fail. */
  let fails: (method: string, key: string) => ErrorCode | null = () => null;
  /** Before a page of the query is answered. */
  let whileLoading = () => {};

  const asks = async <T>(method: string, key: string, work: () => T): Promise<T> => {
    seen.asked.push(`${method} ${key}`);
    seen.parallel += 1;
    seen.most = Math.max(seen.most, seen.parallel);
    try {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const code = fails(method, key);
      if (code !== null) throw new HoldallError({ code, message: code });
      limits.count("site", requestsPerMinute);
      return work();
    } catch (error) {
      throw error instanceof HoldallError ? error : new HoldallError(faultOf(error));
    } finally {
      seen.parallel -= 1;
    }
  };
  const items = {
    get: (key: string) =>
      asks("get", key, () => {
        const value = stored.get(key);
        return value === undefined ? null : { key, value, version: "1" };
      }),
    put: (key: string, value: Entry) =>
      asks("put", key, () => {
        stored.set(key, value);
        return { version: "1" };
      }),
    delete: (key: string) =>
      asks("delete", key, () => {
        stored.delete(key);
        return null;
      }),
    query: async ({ cursor = "0" }: { cursor?: string }) => {
      const all = [...stored].map(([key, value]) => ({ key, value, version: "1" }));
      await asks("query", "", () => {});
      whileLoading();
      const next = Number(cursor) + pageSize;
      return { items: all.slice(Number(cursor), next), cursor: next < all.length ? String(next) : null };
    },
  };
  return {
    stored,
    seen,
    failing: (how: typeof fails) => {
      fails = how;
    },
    loading: (how: () => void) => {
      whileLoading = how;
    },
    /** Somebody else writes, and the page is told. */
    elsewhere: (key: string, text: string) => {
      stored.set(key, { text });
      for (const listener of listeners) listener({ name: "change", items: [key], files: [] });
    },
    holdall: {
      items,
      on: (name: string, listener: (event: Events["change"]) => void) => {
        if (name === "change") listeners.add(listener);
        return () => listeners.delete(listener);
      },
    } as unknown as Store,
  };
}

/** Runs the clock on until `work` is done. @returns what it came to */
async function run<T>(work: Promise<T>, milliseconds = 120_000): Promise<T | { failed: ErrorCode } | "pending"> {
  let outcome: T | { failed: ErrorCode } | "pending" = "pending";
  work.then(
    (value) => {
      outcome = value;
    },
    (error: HoldallError) => {
      outcome = { failed: error.code };
    },
  );
  for (let at = 0; at < milliseconds && (outcome as unknown) === "pending"; at += 5)
    await vi.advanceTimersByTimeAsync(5);
  return outcome;
}

async function opened(here: ReturnType<typeof world>) {
  const store = await run(openLocalStore(here.holdall));
  if (typeof store !== "object" || "failed" in store) throw new Error("not opened");
  return store;
}

const textsOf = (here: ReturnType<typeof world>) =>
  Object.fromEntries([...here.stored].map(([key, { text }]) => [key, text]));

test("one that takes several pages is opened, however few requests are left for it", async () => {
  const here = world();
  for (let at = 0; at < 3 * pageSize; at++) here.stored.set(`local/${at}`, { text: String(at) });
  let times = 0;
  // Each page is refused before it is given.
  here.failing((method) => (method === "query" && times++ % 2 === 0 ? "over-limit" : null));
  expect((await opened(here)).length).toBe(3 * pageSize);
  expect(times).toBe(6);
});

test("500 writes at once, and a clear of as many: all are stored, within the limits", async () => {
  const here = world(600);
  const store = await opened(here);
  for (let at = 0; at < 500; at++) store.setItem(`name ${at}`, String(at));
  expect(await run(store.flush())).toBeUndefined();
  expect(here.stored.size).toBe(500);
  expect(here.stored.get("local/name 499")).toEqual({ text: "499" });
  expect(here.seen.most).toBeLessThanOrEqual(4);
  store.clear();
  expect(store.length).toBe(0);
  expect(await run(store.flush())).toBeUndefined();
  expect(here.stored.size).toBe(0);
});

test("of many writes of one name the last is stored, and what came between is not sent", async () => {
  const here = world();
  const store = await opened(here);
  for (let at = 0; at < 100; at++) store.setItem("draft", `text ${at}`);
  store.setItem("gone", "soon");
  store.removeItem("gone");
  expect(await run(store.flush())).toBeUndefined();
  expect(textsOf(here)).toEqual({ "local/draft": "text 99" });
  expect(here.seen.asked.filter((asked) => asked.startsWith("put"))).toHaveLength(3);
});

test("what does not answer is asked again, less and less often", async () => {
  const here = world();
  const store = await opened(here);
  here.failing(() => "unavailable");
  store.setItem("a", "1");
  const flushed = store.flush();
  expect(await run(flushed, 60_000)).toBe("pending");
  const tries = here.seen.asked.filter((asked) => asked === "put local/a").length;
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(12);
  here.failing(() => null);
  expect(await run(flushed)).toBeUndefined();
  expect(textsOf(here)).toEqual({ "local/a": "1" });
});

test("a write that can never be stored is reported once, and holds up none", async () => {
  const here = world();
  const store = await opened(here);
  here.failing((_, key) => (key === "local/large" ? "too-large" : null));
  store.setItem("large", "…");
  store.setItem("small", "1");
  expect(await run(store.flush())).toEqual({ failed: "too-large" });
  expect(await run(store.flush())).toBeUndefined();
  expect(textsOf(here)).toEqual({ "local/small": "1" });
});

test.each(["signed-out", "refused", "not-connected"] as const)(
  "%s: reported, kept, and sent when the person is back",
  async (code) => {
    const here = world();
    const store = await opened(here);
    here.failing(() => code);
    for (let at = 0; at < 20; at++) store.setItem(`name ${at}`, "before");
    expect(await run(store.flush())).toEqual({ failed: code });
    const { length } = here.seen.asked;
    store.setItem("name 3", "after");
    await vi.advanceTimersByTimeAsync(600_000);
    // Nobody is asked over and over while the person is away.
    expect(here.seen.asked.length).toBeLessThan(length + 10);
    here.failing(() => null);
    page.dispatchEvent(new Event("focus"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(here.stored.size).toBe(20);
    expect(here.stored.get("local/name 3")).toEqual({ text: "after" });
    expect(await run(store.flush())).toBeUndefined();
  },
);

test("flush tries again what waits for the person", async () => {
  const here = world();
  const store = await opened(here);
  here.failing(() => "signed-out");
  store.setItem("a", "1");
  expect(await run(store.flush())).toEqual({ failed: "signed-out" });
  expect(await run(store.flush())).toEqual({ failed: "signed-out" });
  here.failing(() => null);
  expect(await run(store.flush())).toBeUndefined();
  expect(textsOf(here)).toEqual({ "local/a": "1" });
});

test("what others write while it is being opened is there when it is open", async () => {
  const here = world();
  here.stored.set("local/a", { text: "old" });
  here.loading(() => {
    here.elsewhere("local/a", "new");
    here.elsewhere("local/b", "more");
  });
  const store = await opened(here);
  expect([store.getItem("a"), store.getItem("b")]).toEqual(["new", "more"]);
});

test("a change is seen also when the limit keeps it from being read at once", async () => {
  const here = world(60);
  const store = await opened(here);
  for (let at = 0; at < 30; at++) here.elsewhere(`local/name ${at}`, "theirs");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(store.length).toBe(30);
});

test("others' changes are seen, but not over what is written here meanwhile", async () => {
  const here = world();
  const store = await opened(here);
  here.elsewhere("local/a", "theirs");
  await vi.advanceTimersByTimeAsync(50);
  expect(store.getItem("a")).toBe("theirs");
  here.elsewhere("local/a", "theirs again");
  store.setItem("a", "mine");
  await vi.advanceTimersByTimeAsync(50);
  expect(store.getItem("a")).toBe("mine");
  expect(textsOf(here)).toEqual({ "local/a": "mine" });
});
