import "../fake-extension.ts";
import { beforeEach, expect, test } from "vitest";
import { type Draft, listDrafts, readDraft, removeDraft, writeDraft } from "../../../src/ui/state/drafts.ts";
import { answerWith, sessionValues } from "../fake-extension.ts";

const alice = { profile: "beta", identity: "local|alice", name: "alice" };
const bob = { ...alice, identity: "local|bob", name: "bob" };
const draft: Draft = {
  identity: alice.identity,
  original: "note#1",
  sortKey: "note#1",
  text: "{",
  notation: "plain",
  basis: null,
};

beforeEach(() => answerWith({}));

test("a draft comes back to who typed it", async () => {
  await writeDraft(alice, draft);
  expect(await readDraft(alice, "note#1")).toEqual(draft);
  expect(await listDrafts(alice)).toEqual([draft]);
  await removeDraft(alice, "note#1");
  expect(await readDraft(alice, "note#1")).toBeNull();
});

test("nobody else sees it, not in the same profile and not in another one", async () => {
  await writeDraft(alice, draft);
  expect(await readDraft(bob, "note#1")).toBeNull();
  expect(await listDrafts(bob)).toEqual([]);
  expect(await listDrafts({ ...alice, profile: "production" })).toEqual([]);
});

test("a new item's draft is not the draft of an item called new", async () => {
  await writeDraft(alice, { ...draft, original: null, text: "new" });
  await writeDraft(alice, { ...draft, original: "new", text: "old" });
  expect((await readDraft(alice, null))?.text).toBe("new");
  expect((await readDraft(alice, "new"))?.text).toBe("old");
});

test("it lies where signing out wipes: draft/<profile>/", async () => {
  await writeDraft(alice, draft);
  expect(Object.keys(sessionValues)).toEqual(["draft/beta/=note#1"]);
});
