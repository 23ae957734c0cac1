/** Whatever a page sends: what goes on to the background is small, shallow, of few kinds, and no more often than it may be. */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { ownCopy } from "../../src/content/own-copy.ts";
import { createRelay } from "../../src/content/relay.ts";
import { createTokenBucket } from "../../src/content/token-bucket.ts";
import type { FromSite, ToPage, ToSite } from "../../src/messaging/site-channel.ts";
import { deepestValue, largestRequest } from "../../src/messaging/site-limits.ts";

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`fuzz of the page's surface: seed ${seed} (FUZZ_SEED)`);
const settings = { seed, numRuns: 300 };

/** What structured clone lets through, of every kind. */
const cloned = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  maxDepth: 6,
});
const request = fc.oneof(
  cloned,
  fc.record(
    {
      holdall: fc.constant(1),
      method: fc.oneof(
        fc.constantFrom("connect", "items.get", "files.get", "files.put", "events", "__proto__"),
        cloned,
      ),
      params: cloned,
      person: fc.oneof(fc.string({ maxLength: 60 }), cloned),
    },
    { requiredKeys: ["holdall"] },
  ),
);
const said = fc.oneof(cloned, fc.constantFrom({ type: "cancel" }, { type: "more" }));
const answer = (call: number): fc.Arbitrary<Exclude<ToSite, { type: "welcome" }>> =>
  fc.constantFrom<Exclude<ToSite, { type: "welcome" }>>(
    { type: "answer", call, result: { ok: true, value: null } },
    { type: "answer", call, result: { ok: false, error: { code: "refused", message: "" } } },
    { type: "piece", call, bytes: new Blob(["x"]) },
    { type: "end", call },
    { type: "failed", call, error: { code: "unavailable", message: "" } },
  );

/** A port as the relay uses it, and what was said on it. */
function fakePort() {
  const heard: ToPage[] = [];
  const port = { onmessage: null as ((event: { data: unknown }) => void) | null, closed: false };
  return {
    heard,
    state: port,
    port: Object.assign(port, {
      postMessage: (message: ToPage) => heard.push(message),
      close: () => {
        port.closed = true;
      },
    }) as unknown as MessagePort & typeof port,
  };
}

function world(most = 20) {
  const sent: FromSite[] = [];
  let open = true;
  let now = 0;
  const relay = createRelay({
    link: {
      open: async () => "welcome",
      isOpen: () => open,
      send: (message) => {
        sent.push(message);
        return true;
      },
    },
    bucket: createTokenBucket(50, 10, () => now),
    copy: (value) => ownCopy(value, largestRequest, deepestValue + 5),
    most,
  });
  return { relay, sent, setOpen: (is: boolean) => (open = is), pass: (ms: number) => (now += ms) };
}

describe("the relay", () => {
  test("takes anything from a page, and answers each port at most once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(request, fc.array(said, { maxLength: 4 }), fc.nat(300)), { maxLength: 80 }),
        (all) => {
          const { relay, sent, pass } = world();
          const ports = all.map(([one, words, ms]) => {
            pass(ms);
            const fake = fakePort();
            if (typeof one === "object" && one !== null) relay.request(one, fake.port);
            for (const word of words) fake.state.onmessage?.({ data: word });
            return fake;
          });
          // Its own events aside, a port that was answered is closed.
          for (const { heard, state } of ports) {
            expect(heard.length).toBeLessThanOrEqual(1);
            if (heard[0]?.type === "answer" && !heard[0].result.ok) expect(state.closed).toBe(true);
          }
          const requests = sent.filter(({ type }) => type === "request");
          for (const message of requests) {
            if (message.type !== "request") continue;
            expect(typeof message.method).toBe("string");
            expect(message.method.length).toBeLessThanOrEqual(40);
            if ("person" in message) expect(message.person).toMatch(/^.{0,40}$/s);
            expect(ownCopy(message.params, largestRequest, deepestValue + 5).ok).toBe(true);
          }
          // Nothing is sent of a request after its cancellation, and no piece is asked for before an answer.
          const over = new Set<number>();
          for (const message of sent) {
            if (message.type === "hello") continue;
            expect(over.has(message.call)).toBe(false);
            expect(message.type).not.toBe("more");
            if (message.type === "cancel") over.add(message.call);
          }
        },
      ),
      settings,
    );
  });

  test("asks for a piece only while one is wanted, whatever comes in which order", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            said.map((word) => ({ word })),
            answer(1).map((from) => ({ from })),
          ),
          { maxLength: 40 },
        ),
        (steps) => {
          const { relay, sent } = world();
          const fake = fakePort();
          relay.request({ method: "files.get", params: { path: "a" } }, fake.port);
          let answered = false;
          let wanted = 0;
          for (const step of steps) {
            const before = sent.filter(({ type }) => type === "more").length;
            if ("word" in step) fake.state.onmessage?.({ data: step.word });
            else {
              relay.heard(step.from);
              if (step.from.type === "answer") answered ||= step.from.result.ok;
              else wanted = 0;
            }
            const more = sent.filter(({ type }) => type === "more").length - before;
            wanted += more;
            expect(wanted).toBeLessThanOrEqual(1);
            if (more > 0) expect(answered).toBe(true);
          }
          const last = fake.heard.findIndex(
            (message) =>
              message.type === "end" || message.type === "failed" || (message.type === "answer" && !message.result.ok),
          );
          if (last >= 0) expect(fake.heard).toHaveLength(last + 1);
        },
      ),
      settings,
    );
  });

  test("a flood is stopped at the bucket, and what runs at the number that may", () => {
    const { relay, sent, pass } = world(20);
    for (let at = 0; at < 10_000; at++) {
      if (at % 10 === 0) pass(1);
      relay.request({ method: "items.get", params: { key: String(at) } }, fakePort().port);
    }
    expect(sent.length).toBe(20);
  });

  test("a lost port: reads are asked again once, all else fails", async () => {
    const { relay, sent, setOpen } = world();
    const [read, write, bytes] = [fakePort(), fakePort(), fakePort()];
    relay.request({ method: "items.get", params: { key: "a" } }, read.port);
    relay.request({ method: "items.put", params: { key: "a", value: {} } }, write.port);
    relay.request({ method: "files.get", params: { path: "a" } }, bytes.port);
    relay.heard({ type: "answer", call: 3, result: { ok: true, value: {} } });
    setOpen(false);
    relay.lost();
    setOpen(true);
    relay.resume();
    await Promise.resolve();
    expect(write.heard).toMatchObject([{ result: { error: { code: "unavailable" } } }]);
    expect(bytes.heard.at(-1)).toMatchObject({ type: "failed", error: { code: "unavailable" } });
    expect(sent.filter((message) => message.type === "request" && message.call === 1)).toHaveLength(2);
    relay.lost();
    expect(read.heard).toMatchObject([{ result: { error: { code: "unavailable" } } }]);
  });

  test("a person may think for longer than backgrounds live; one that ends at once is not asked for ever", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const { relay, sent } = world();
    const page = fakePort();
    relay.request({ method: "connect", params: {} }, page.port);
    for (let lives = 0; lives < 5; lives++) {
      vi.advanceTimersByTime(30_000);
      relay.lost();
      relay.resume();
      await Promise.resolve();
    }
    expect(sent).toHaveLength(6);
    expect(sent[0]).not.toHaveProperty("again");
    expect(sent.slice(1).every((message) => message.type === "request" && message.again === true)).toBe(true);
    expect(page.heard).toEqual([]);
    relay.lost();
    expect(page.heard).toMatchObject([{ result: { error: { code: "unavailable" } } }]);
    vi.useRealTimers();
  });

  test("files that nobody reads to their end keep nobody else out", () => {
    const { relay, sent } = world(3);
    const files = [fakePort(), fakePort(), fakePort()];
    for (const { port } of files) relay.request({ method: "files.get", params: { path: "a" } }, port);
    const refused = fakePort();
    relay.request({ method: "items.get", params: { key: "x" } }, refused.port);
    expect(refused.heard).toMatchObject([{ result: { error: { code: "over-limit" } } }]);
    for (const call of [1, 2, 3]) relay.heard({ type: "answer", call, result: { ok: true, value: {} } });
    files[0]?.state.onmessage?.({ data: { type: "more" } });
    relay.request({ method: "items.get", params: { key: "y" } }, fakePort().port);
    expect(files.map(({ heard }) => heard.at(-1)?.type)).toEqual(["answer", "failed", "answer"]);
    expect(sent.slice(-2)).toMatchObject([
      { type: "cancel", call: 2 },
      { type: "request", params: { key: "y" } },
    ]);
  });
});

describe("a copy", () => {
  test("is what was given, or is refused; it never throws and is never larger", () => {
    fc.assert(
      fc.property(cloned, fc.integer({ min: 0, max: 2000 }), (value, most) => {
        const copied = ownCopy(value, most, 8);
        if (!copied.ok) return;
        const again = ownCopy(copied.value, most, 8);
        expect(again).toEqual(copied);
      }),
      settings,
    );
  });

  test("names like `__proto__` are names", () => {
    const copied = ownCopy(JSON.parse('{"__proto__":{"admin":true},"constructor":1}'), 1000, 5);
    expect(copied.ok && Object.keys(copied.value as object)).toEqual(["__proto__", "constructor"]);
    expect(copied.ok && (copied.value as { admin?: boolean }).admin).toBeUndefined();
  });

  test("circles, depth, size and a graph that doubles end early", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    let doubling: unknown = [];
    for (let at = 0; at < 30; at++) doubling = [doubling, doubling];
    let deep: unknown = 1;
    for (let at = 0; at < 100; at++) deep = { deep };
    const started = performance.now();
    for (const value of [circle, doubling, deep, "x".repeat(1_000_001), new Uint8Array(1_000_001), 10n ** 100n]) {
      expect(ownCopy(value, largestRequest, 35)).toEqual({ ok: false, fault: "too-large" });
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("of a view goes its own window, not the buffer behind it", () => {
    const copied = ownCopy(new Uint8Array(new ArrayBuffer(500_000), 10, 3), 1000, 5);
    expect(copied.ok && (copied.value as Uint8Array).buffer.byteLength).toBe(3);
  });
});
