import { describe, expect, test } from "vitest";
import { mostParallel, mostWaiting } from "../../src/messaging/site-limits.ts";
import { createLimits } from "../../src/sites/limits.ts";

const signal = () => new AbortController().signal;

describe("requests a minute", () => {
  test("may come in a burst of a sixth, then at their pace; another site has its own", () => {
    let now = 0;
    const limits = createLimits(() => now);
    for (let sent = 0; sent < 100; sent++) limits.count("a", 600);
    expect(() => limits.count("a", 600)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: "over-limit", retryAfter: 100 }) }),
    );
    limits.count("b", 600);
    now = 100;
    limits.count("a", 600);
    expect(() => limits.count("a", 600)).toThrow();
    // A clock that goes back gives nothing, and takes nothing.
    now = -1_000_000;
    expect(() => limits.count("a", 600)).toThrow();
    now = -1_000_000 + 60_000;
    for (let sent = 0; sent < 100; sent++) limits.count("a", 600);
    expect(() => limits.count("a", 600)).toThrow();
  });
});

test("a request that stands for several costs as much as they, and the next one waits for it", () => {
  let now = 0;
  const limits = createLimits(() => now);
  for (let sent = 0; sent < 4; sent++) limits.count("a", 600, 25);
  expect(() => limits.count("a", 600)).toThrow();
  now = 100;
  limits.count("a", 600, 25);
  expect(() => limits.count("a", 600)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ retryAfter: 2500 }) }),
  );
  now = 2600;
  limits.count("a", 600);
});

describe("requests at once", () => {
  test("are some, others wait their turn, and more are refused; each leaves its place", async () => {
    const limits = createLimits(() => 0);
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const work = () =>
      limits.slot("a", signal(), async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
      });
    const all = Array.from({ length: mostParallel + mostWaiting }, work);
    await expect(work()).rejects.toMatchObject({ fault: { code: "over-limit" } });
    while (running > 0 || ends.length > 0) {
      ends.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await Promise.all(all);
    expect(most).toBe(mostParallel);
    expect(await limits.slot("a", signal(), async () => "free")).toBe("free");
  });

  test("that are cancelled while they wait, or that fail, leave no place taken", async () => {
    const limits = createLimits(() => 0);
    let end = () => {};
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    const held = Array.from({ length: mostParallel }, () => limits.slot("a", signal(), () => gate));
    const abort = new AbortController();
    const waiting = limits.slot("a", abort.signal, async () => "ran");
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ fault: { code: "cancelled" } });
    end();
    await Promise.all(held);
    const failing = () =>
      limits.slot("a", signal(), async () => {
        throw new Error("no");
      });
    for (let tries = 0; tries < 3 * mostParallel; tries++) await expect(failing()).rejects.toThrow("no");
    expect(await limits.slot("a", signal(), async () => "free")).toBe("free");
  });
});
