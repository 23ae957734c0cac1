import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import { attempt } from "../../../src/transfers/requests/attempt.ts";
import { quickTries } from "../../../src/transfers/requests/retry-policy.ts";
import { type Run, Stopped } from "../../../src/transfers/run.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { recordOf } from "../support/record-of.ts";

function createRun(change: Partial<TransferDeps> = {}) {
  const pauses: number[] = [];
  const abort = new AbortController();
  const deps = {
    pause: async (ms: number) => void pauses.push(ms),
    online: () => true,
    random: () => 0.5,
    renew: async () => undefined,
    ...change,
  } as TransferDeps;
  const run = { deps, record: () => recordOf("a"), signal: abort.signal } as Run;
  return { run, pauses, abort };
}

/** Fails with these one after the other, then succeeds. */
function failing(...errors: unknown[]) {
  let calls = 0;
  const work = async () => {
    const error = errors[calls++];
    if (error !== undefined) throw error;
    return "done";
  };
  return { work, calls: () => calls };
}

const slow = () => new HoldallError("throttled");
const expired = () => new HoldallError("credentials-expired");

describe("one request", () => {
  it("is tried again with growing pauses", async () => {
    const { run, pauses } = createRun();
    const { work } = failing(slow(), new HostFailure("stalled"), slow(), slow(), slow());
    expect(await attempt(run, work)).toBe("done");
    expect(pauses).toHaveLength(5);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  });

  it("is given up after its tries", async () => {
    const { run } = createRun();
    const { work, calls } = failing(...Array.from({ length: 20 }, slow));
    await expect(attempt(run, work)).rejects.toMatchObject({ code: "throttled" });
    expect(calls()).toBe(quickTries);
  });

  it.each(["access-denied", "file-exists", "offline", "signed-out", "file-needed", "upload-missing"] as const)(
    "that failed with %s is not tried again",
    async (code) => {
      const { run } = createRun();
      const { work, calls } = failing(new HoldallError(code));
      await expect(attempt(run, work)).rejects.toMatchObject({ code });
      expect(calls()).toBe(1);
    },
  );

  it("without network is not tried again", async () => {
    const { run } = createRun({ online: () => false });
    const { work, calls } = failing(new HostFailure("network"));
    await expect(attempt(run, work)).rejects.toMatchObject({ kind: "network" });
    expect(calls()).toBe(1);
  });

  it("ends with its run, in a pause too", async () => {
    const { run, abort } = createRun({ pause: () => new Promise(() => undefined) });
    const { work, calls } = failing(slow());
    const trying = attempt(run, work);
    setTimeout(() => abort.abort(), 5);
    await expect(trying).rejects.toMatchObject({ kind: "cancelled" });
    expect(calls()).toBe(1);
    await expect(attempt(createRun().run, failing(new Stopped()).work)).rejects.toBeInstanceOf(Stopped);
  });
});

describe("credentials that S3 takes no longer", () => {
  it("are renewed once for all requests that they were refused for", async () => {
    let renewals = 0;
    const { run, pauses } = createRun({
      renew: async () => {
        renewals += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    });
    const late = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw expired();
    };
    const requests = Array.from({ length: 4 }, () => attempt(run, failing(expired()).work));
    let calls = 0;
    // Signed before the renewal, refused after it.
    const latecomer = attempt(run, () => (calls++ === 0 ? late() : Promise.resolve("done")));
    expect(await Promise.all([...requests, latecomer])).toEqual(Array(5).fill("done"));
    expect(renewals).toBe(1);
    expect(pauses).toEqual([]);
  });

  it("are not renewed for ever", async () => {
    let renewals = 0;
    const { run } = createRun({
      renew: async () => {
        renewals += 1;
      },
    });
    const { work } = failing(...Array.from({ length: 20 }, expired));
    await expect(attempt(run, work)).rejects.toMatchObject({ code: "credentials-expired" });
    expect(renewals).toBe(2);
  });

  it("that cannot be renewed end it with the reason, and the next request tries anew", async () => {
    let broken = true;
    const renew = async () => {
      if (broken) throw new HoldallError("session-ended");
    };
    const { run } = createRun({ renew });
    await expect(attempt(run, failing(expired()).work)).rejects.toMatchObject({ code: "session-ended" });
    broken = false;
    expect(await attempt(run, failing(expired()).work)).toBe("done");
  });
});
