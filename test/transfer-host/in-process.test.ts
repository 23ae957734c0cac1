import { expect, it, vi } from "vitest";
import { createInProcessHost } from "../../src/transfer-host/in-process.ts";
import { createJournal } from "../../src/transfers/journal/create-journal.ts";
import "./world.ts";

it("touches the extension API every ten seconds, only while something is held", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const touch = vi.fn();
    const host = createInProcessHost({ journal: createJournal(), fetch, touch });
    await host.hold([{ transferId: "t", source: new Blob(["x"]) }]);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(touch).toHaveBeenCalledTimes(3);
    await host.drop(["t"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(touch).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});
