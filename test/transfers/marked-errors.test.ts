import { describe, expect, test, vi } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { HostFailure } from "../../src/transfers/host/host-link.ts";
import { failureOf } from "../../src/transfers/requests/failure.ts";
import { Stopped } from "../../src/transfers/run.ts";

/** As the worker's second script carries them. */
async function copies() {
  vi.resetModules();
  const { HostFailure: OtherFailure } = await import("../../src/transfers/host/host-link.ts");
  const { Stopped: OtherStopped } = await import("../../src/transfers/run.ts");
  expect(OtherFailure).not.toBe(HostFailure);
  expect(OtherStopped).not.toBe(Stopped);
  return { OtherFailure, OtherStopped };
}

describe("an error that one script throws and the other catches", () => {
  test("is the host's failure, and means the same", async () => {
    const { OtherFailure } = await copies();
    const failure = new OtherFailure("stalled");
    expect(failure instanceof HostFailure).toBe(true);
    expect(new HostFailure("stalled") instanceof OtherFailure).toBe(true);
    expect(failureOf(failure, "a.txt", true).code).toBe("timeout");
  });

  test("says that somebody else took over", async () => {
    const { OtherStopped } = await copies();
    expect(new OtherStopped() instanceof Stopped).toBe(true);
    expect(new Stopped() instanceof OtherStopped).toBe(true);
  });

  test("is of its own kind only, and none that was sent as a message", () => {
    const errors = [new HoldallError("timeout"), new HostFailure("stalled"), new Stopped(), new Error("stalled")];
    const kinds = [HoldallError, HostFailure, Stopped];
    expect(errors.map((error) => kinds.map((kind) => error instanceof kind))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, false],
    ]);
    for (const error of errors) {
      const sent: unknown = structuredClone(error);
      expect(kinds.map((kind) => sent instanceof kind)).toEqual([false, false, false]);
    }
  });
});
