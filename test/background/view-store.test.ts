import { describe, expect, test, vi } from "vitest";
import { createViewStore } from "../../src/background/view-store.ts";
import { emptyView, type View } from "../../src/messaging/view.ts";
import { createMemoryArea } from "../auth/support/memory-area.ts";

function create(area = createMemoryArea()) {
  const pushed: View[] = [];
  return { area, pushed, store: createViewStore({ area, push: (view) => void pushed.push(view) }) };
}

describe("the view store", () => {
  test("pushes each change at once and keeps the newest", async () => {
    const { area, pushed, store } = create();
    for (let turn = 0; turn < 50; turn++) store.update({ activeProfile: `p${turn}` });
    expect(pushed).toHaveLength(50);
    await vi.waitFor(() => expect(area.values.get("view")).toMatchObject({ activeProfile: "p49", revision: 50 }));
  });

  test("goes on from what the last life left, with a growing revision", async () => {
    const { area, store } = create();
    store.update({ activeProfile: "p" });
    await vi.waitFor(() => expect(area.values.has("view")).toBe(true));
    const next = create(area);
    await next.store.load();
    expect(next.store.current()).toEqual(store.current());
    next.store.update({});
    expect(next.store.current().revision).toBe(2);
  });

  test("does not write for each of many changes", async () => {
    const { area, store } = create();
    const set = vi.spyOn(area, "set");
    for (let turn = 0; turn < 1000; turn++) store.update({ activeProfile: `p${turn}` });
    await vi.waitFor(() => expect(area.values.get("view")).toMatchObject({ activeProfile: "p999" }));
    expect(set.mock.calls.length).toBeLessThan(5);
  });

  test("keeps working when a write fails, and tries again at the next change", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { area, pushed, store } = create();
    vi.spyOn(area, "set").mockRejectedValueOnce(new Error("quota"));
    store.update({ activeProfile: "a" });
    await new Promise((resolve) => setTimeout(resolve, 1));
    store.update({ activeProfile: "b" });
    await vi.waitFor(() => expect(area.values.get("view")).toMatchObject({ activeProfile: "b" }));
    expect(pushed).toHaveLength(2);
  });

  test("takes what is no view for nothing", async () => {
    const area = createMemoryArea();
    await area.set("view", "damaged");
    const { store } = create(area);
    await store.load();
    expect(store.current()).toEqual(emptyView);
  });
});
