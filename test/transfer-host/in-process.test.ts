import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createInProcessHost } from "../../src/transfer-host/in-process.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

it("touches the extension API every ten seconds, only while bytes move", async () => {
  const touch = vi.fn();
  let finish: (blob: Blob) => void = () => undefined;
  const bytes = () => new Promise<Blob>((resolve) => (finish = resolve));
  const host = createInProcessHost({ bytes, fetch, touch });
  const digest = host.digest("t", { signal: new AbortController().signal });
  await vi.advanceTimersByTimeAsync(31_000);
  expect(touch).toHaveBeenCalledTimes(3);
  finish(new Blob(["x"]));
  expect((await digest).size).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(touch).toHaveBeenCalledTimes(3);
});
