/** Requests are noted from their first moment, whatever still has to be loaded, and never held up by it. */
import { beforeEach, expect, test, vi } from "vitest";
import { type ActivityPart, activityPart } from "../../src/background/activity/activity-part.ts";
import { recordFetch } from "../../src/background/activity/record-fetch.ts";
import { createRecorder } from "../../src/background/activity/recorder.ts";

const area = { get: async () => undefined, set: async () => {}, remove: async () => {} };
const url = "https://bucket.s3.eu-central-1.amazonaws.com/key";
const headers = { authorization: "AWS4-HMAC-SHA256 x" };

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  return () => vi.restoreAllMocks();
});

test("nothing is loaded before the first request", async () => {
  const load = vi.fn(async () => activityPart);
  const recorder = createRecorder(load, area);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(load).not.toHaveBeenCalled();
  recorder.begin({ url, headers }, "s3");
  recorder.begin({ url, headers }, "s3");
  expect(load).toHaveBeenCalledOnce();
});

test("what ended before it was loaded is noted with its own times, in its order", async () => {
  let loaded: (part: ActivityPart) => void = () => {};
  const recorder = createRecorder(() => new Promise((resolve) => (loaded = resolve)), area);
  const before = Date.now();
  recorder.begin({ url, headers }, "s3")({ status: 200 });
  const end = recorder.begin({ url, headers, method: "PUT" }, "s3");
  end({ status: 403 });
  const ended = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 120));
  loaded(activityPart);
  const { entries } = await recorder.list(0);
  expect(entries).toMatchObject([
    { n: 1, action: "GetObject", status: 200 },
    { n: 2, action: "PutObject", status: 403 },
  ]);
  for (const { at, ms } of entries) {
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(ended);
    expect(ms).toBeLessThan(100);
  }
});

test("a list that does not load holds up no request, and is tried again", async () => {
  const load = vi.fn(async () => activityPart).mockRejectedValueOnce(new Error("damaged"));
  const recorder = createRecorder(load, area);
  const send = recordFetch(recorder, async () => new Response("ok"), "other", null);
  expect(await (await send(url)).text()).toBe("ok");
  expect(await (await send(url)).text()).toBe("ok");
  expect((await recorder.list(0)).entries).toHaveLength(1);
});
