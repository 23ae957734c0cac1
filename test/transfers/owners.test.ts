/** An intent goes out under no other identity, and a sign-out stops at once. */
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import type { Run } from "../../src/transfers/run.ts";
import {
  alice,
  allRuns,
  bob,
  controlHost,
  createWorld,
  file,
  journalWith,
  quiet,
  recordsOf,
  simpleRun,
  startTransfers,
  statesOf,
} from "./support/control-world.ts";

const input = (path = "a.txt") => ({ file: file("hello"), path, ifExists: "fail" as const });

describe("a sign-out", () => {
  it("forgets where bytes went, which is a cache of what the person has", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const journal = journalWith(world, {});
    await journal.noteKnown(alice, "f", { path: "a.txt", etag: "e", at: 1 });
    await transfers.suspend(alice.profile, alice.identity);
    expect(await journal.known(alice, "f")).toMatchObject({ path: "a.txt" });
    await transfers.suspend(alice.profile);
    expect(await journal.known(alice, "f")).toBeUndefined();
  });

  it("stops what runs, which waits and goes on for the same person only", async () => {
    const world = createWorld();
    let hang = true;
    const stopped: string[] = [];
    const sent: string[] = [];
    const run = simpleRun(async (going: Run) => {
      sent.push(`${going.record().name} as ${world.signedIn}`);
      if (!hang) return;
      await new Promise((_resolve, reject) => {
        going.signal.addEventListener("abort", () => {
          stopped.push(going.record.name);
          reject(going.signal.reason);
        });
      });
    });
    const transfers = startTransfers(world, {}, allRuns(run));
    await transfers.uploadAll([input("a"), input("b")]);
    await quiet();
    world.signedIn = null;
    const suspended = transfers.suspend(alice.profile);
    // At once: nothing is awaited before the requests end.
    expect(stopped).toHaveLength(2);
    await suspended;
    await quiet();
    expect(statesOf(world)).toEqual(["waiting", "waiting"]);
    expect(world.view.rows[0]).toMatchObject({ state: "waiting", waitsFor: "sign-in", error: { code: "signed-out" } });
    expect([transfers.busy(), transfers.busy(alice.profile)]).toEqual([false, false]);
    hang = false;
    world.signedIn = bob.identity;
    world.shown = bob;
    const { length } = world.disk.writes;
    await transfers.resume();
    await transfers.publish();
    await quiet();
    expect(world.view.rows).toEqual([]);
    // Nothing of theirs is even begun.
    expect(world.disk.writes).toHaveLength(length);
    // Nor can the other person order anything of them.
    await transfers.retry(recordsOf(world).map(({ id }) => id));
    await transfers.cancel("all");
    await transfers.move(
      recordsOf(world).map(({ id }) => id),
      null,
    );
    await quiet();
    expect(statesOf(world)).toEqual(["waiting", "waiting"]);
    world.signedIn = alice.identity;
    world.shown = alice;
    await transfers.resume();
    await quiet();
    expect(statesOf(world)).toEqual(["done", "done"]);
    expect(sent.every((entry) => entry.endsWith(alice.identity))).toBe(true);
  });

  it("is not held up by a journal that cannot be written", async () => {
    const world = createWorld();
    let full = false;
    const { update } = journalWith(world, {});
    const journal = journalWith(world, {
      update: (records) => (full ? Promise.reject(new HoldallError("journal-full")) : update(records)),
    });
    let stopped = false;
    const run = simpleRun((going) => {
      return new Promise((_resolve, reject) => {
        going.signal.addEventListener("abort", () => {
          stopped = true;
          reject(going.signal.reason);
        });
      });
    });
    const transfers = startTransfers(world, { journal }, allRuns(run));
    await transfers.uploadAll([input()]);
    await quiet();
    full = true;
    await transfers.suspend(alice.profile);
    await quiet();
    expect(stopped).toBe(true);
    // In memory it stands, and it is said that the disk does not know.
    expect(world.view).toMatchObject({ rows: [{ state: "waiting" }], problem: { code: "journal-full" } });
  });

  it("does not stop the copying of what was picked before", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const releases: (() => void)[] = [];
    const stage: typeof host.stage = async (...call) => {
      await new Promise<void>((resolve) => releases.push(resolve));
      return await host.stage(...call);
    };
    const transfers = startTransfers(world, { host: { ...host, stage } });
    await transfers.uploadAll([input()]);
    world.signedIn = null;
    await transfers.suspend(alice.profile);
    releases[0]?.();
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "waiting", staged: 5 }]);
    expect(world.disk.segments.size).toBe(1);
  });

  it("spares who takes the other's place", async () => {
    const world = createWorld();
    world.signedIn = null;
    const transfers = startTransfers(world);
    await transfers.uploadAll([input("a")]);
    await transfers.uploadAll([input("b")], bob);
    await quiet();
    expect(statesOf(world)).toEqual(["waiting", "waiting"]);
    world.signedIn = bob.identity;
    await transfers.resume();
    await transfers.suspend(bob.profile, bob.identity);
    await quiet();
    expect(statesOf(world)).toEqual(["waiting", "done"]);
  });
});

describe("forget", () => {
  it("removes every record and byte of one person, and of nobody else", async () => {
    const world = createWorld();
    world.signedIn = null;
    const transfers = startTransfers(world);
    await transfers.uploadAll([input("a")]);
    await transfers.uploadAll([input("b")], bob);
    await quiet();
    const where = { path: "a", etag: "e", at: 0 };
    world.disk.known.set(`${alice.profile} ${alice.identity} f`, where);
    await transfers.forget(bob);
    expect(recordsOf(world).map(({ path }) => path)).toEqual(["a"]);
    expect([world.disk.segments.size, world.disk.known.size]).toEqual([1, 1]);
    await transfers.forget({ profile: alice.profile });
    expect([world.disk.records.size, world.disk.segments.size, world.disk.known.size]).toEqual([0, 0, 0]);
  });
});

it("a pause while the session is renewed is a pause, whatever the renewal comes to", async () => {
  const world = createWorld();
  const expired = new HoldallError("credentials-expired");
  const renew = async () => {
    await transfers.pause("all");
    throw new HoldallError("access-denied", { subs: ["sts", "role"] });
  };
  const transfers = startTransfers(world, { renew }, allRuns(simpleRun(() => Promise.reject(expired))));
  await transfers.uploadAll([input("a")]);
  await quiet();
  expect(statesOf(world)).toEqual(["paused"]);
});

it("a renewal that the provider refuses ends no transfer: the same person goes on after the next sign-in", async () => {
  const world = createWorld();
  let refused = true;
  const renew = () => Promise.reject(new HoldallError("trust-refused", { subs: ["role"] }));
  const run = simpleRun(async () => {
    if (refused) throw new HoldallError("credentials-expired");
  });
  const transfers = startTransfers(world, { renew }, allRuns(run));
  await transfers.uploadAll([input("a")]);
  await quiet();
  expect(world.view.rows[0]).toMatchObject({ state: "waiting", waitsFor: "sign-in", error: { code: "trust-refused" } });
  refused = false;
  await transfers.resume();
  await quiet();
  expect(statesOf(world)).toEqual(["done"]);
});

it("credentials that are refused though they are only just new are given time before the next renewal", async () => {
  const world = createWorld();
  const pauses: number[] = [];
  // As sessions do: what is newer than two seconds is not renewed.
  const isNew = () => pauses.reduce((sum, ms) => sum + ms, 0) < 2000;
  const run = simpleRun(async () => {
    if (isNew()) throw new HoldallError("credentials-expired");
  });
  const pause = (ms: number) => {
    pauses.push(ms);
    return new Promise<void>((resolve) => setImmediate(resolve));
  };
  const transfers = startTransfers(world, { renew: async () => undefined, pause, random: () => 1 }, allRuns(run));
  await transfers.uploadAll([input("a")]);
  // The view's own pauses are no part of it.
  pauses.length = 0;
  await quiet();
  expect(statesOf(world)).toEqual(["done"]);
});
