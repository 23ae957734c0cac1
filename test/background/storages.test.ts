import { beforeEach, describe, expect, test } from "vitest";
import { createStorages } from "../../src/background/storages.ts";
import type { RoleCredentials } from "../../src/shared/credentials.ts";
import { credentials } from "../aws/support/profile.ts";
import { sample } from "../profiles/sample-profile.ts";

const alice = { profile: "p", identity: "alice" };
const bob = { profile: "p", identity: "bob" };

let signedIn: string | null;
let renewed: () => void;
let made: string[];
let reading: () => void;

beforeEach(() => {
  signedIn = "alice";
  renewed = () => {};
  made = [];
  reading = () => {};
});

/** Each storage is the way to its credentials. */
const storages = () =>
  createStorages<() => Promise<RoleCredentials>>({
    create: ({ identity, credentials: source }) => {
      made.push(identity);
      return source;
    },
    profile: async () => {
      reading();
      return sample;
    },
    credentials: async () => {
      renewed();
      return credentials;
    },
    forgetKeys: () => {},
    identity: async () => signedIn,
  });

describe("a storage", () => {
  test("is one for as long as the same person is signed in", async () => {
    const all = storages();
    const first = await all.of(alice);
    expect(await all.of(alice)).toBe(first);
    await expect(all.of(bob)).rejects.toMatchObject({ code: "signed-out" });
    all.forget("p");
    expect(await all.of(alice)).not.toBe(first);
    expect(made).toEqual(["alice", "alice"]);
  });

  test("is not made of a profile that was replaced while it was read", async () => {
    const all = storages();
    let reads = 0;
    reading = () => {
      reads += 1;
      if (reads === 1) all.forget("p");
    };
    const made = await all.of(alice);
    expect(reads).toBe(2);
    expect(await all.of(alice)).toBe(made);
  });

  test.each([null, "bob"])(
    "gets no credentials once %s is signed in, not even those that were under way",
    async (who) => {
      const source = await storages().of(alice);
      expect(await source()).toBe(credentials);
      renewed = () => {
        signedIn = who;
      };
      await expect(source()).rejects.toMatchObject({ code: "signed-out" });
    },
  );
});
