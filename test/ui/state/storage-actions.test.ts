import "../fake-extension.ts";
import { beforeEach, expect, test } from "vitest";
import type { FileRow, ItemRow } from "../../../src/messaging/view.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { question } from "../../../src/ui/state/confirmation.ts";
import { shownFiles, shownItems, trustList } from "../../../src/ui/state/hidden-rows.ts";
import { currentOwner } from "../../../src/ui/state/owner.ts";
import { showToast, toasts } from "../../../src/ui/state/toasts.ts";
import { deleteFile } from "../../../src/ui/storage/file-actions.ts";
import { deleteItem } from "../../../src/ui/storage/item-actions.ts";
import {
  dismissRefusal,
  entering,
  nameConflicts,
  refusals,
  settleConflict,
  uploadFiles,
} from "../../../src/ui/storage/uploads.ts";
import { answerWith, sent, sessionValues } from "../fake-extension.ts";

const owner = { profile: "beta", identity: "local|alice", name: "alice" };
let count = 0;
/** Rows of their own for each test: what is hidden stays hidden for the page's life. */
const next = () => {
  count += 1;
  return count;
};
const fileRow = (): FileRow => ({ path: `a/${next()}.txt`, size: 1, modifiedAt: 0, etag: '"e"' });
const itemRow = (): ItemRow => ({ sortKey: `note#${next()}`, attributes: { rev: { N: "1" } } });

beforeEach(() => {
  currentOwner.value = owner;
  toasts.value = [];
  nameConflicts.value = [];
});

test("a deleted file goes at once and comes back by Undo", async () => {
  const row = fileRow();
  let seen: FileRow[] = [row];
  answerWith({
    "files.delete": () => {
      seen = shownFiles([row]);
      return { deleteMarker: "v2" };
    },
    "files.undelete": () => null,
  });
  await deleteFile(owner, row);
  expect(seen).toEqual([]);
  toasts.value[0]?.action?.run();
  await expect.poll(() => shownFiles([row])).toEqual([row]);
  expect(sent[1]).toEqual({
    command: "files.undelete",
    input: { profile: "beta", path: row.path, deleteMarker: "v2" },
  });
});

test("the same name written anew is not hidden", async () => {
  const row = fileRow();
  answerWith({ "files.delete": () => ({ deleteMarker: "v2" }) });
  await deleteFile(owner, row);
  expect(shownFiles([{ ...row, etag: '"other"' }])).toHaveLength(1);
});

test("a file that could not be deleted comes back, and the toast says why", async () => {
  const row = fileRow();
  answerWith({
    "files.delete": () => {
      throw new HoldallError("file-changed", { subs: [row.path] });
    },
  });
  await deleteFile(owner, row);
  expect(shownFiles([row])).toEqual([row]);
  expect(toasts.value[0]?.error?.code).toBe("file-changed");
});

test("without versions the first deletion says so, and from then on it is asked before", async () => {
  answerWith({ "files.delete": () => ({ deleteMarker: null }) });
  await deleteFile(owner, fileRow());
  expect(toasts.value[0]?.action).toBeNull();
  expect(sessionValues["unversioned/beta"]).toBe(true);
  const refused = deleteFile(owner, fileRow());
  await expect.poll(() => question.value).not.toBeNull();
  question.value?.answer(false);
  await refused;
  expect(sent).toHaveLength(1);
  const allowed = deleteFile(owner, fileRow());
  await expect.poll(() => question.value).not.toBeNull();
  question.value?.answer(true);
  await allowed;
  expect(sent).toHaveLength(2);
});

test("a deleted item comes back with what it held", async () => {
  const row = itemRow();
  answerWith({ "items.delete": () => null, "items.save": () => row });
  expect(await deleteItem(owner, row)).toBe(true);
  expect(shownItems([row])).toEqual([]);
  toasts.value[0]?.action?.run();
  await expect.poll(() => shownItems([row])).toEqual([row]);
  expect(sent[1]?.input).toEqual({ profile: "beta", ...row, basis: null });
});

test("a name that is taken waits for the person's word, the other files go on", async () => {
  const taken = new File(["1"], "taken.txt");
  answerWith({
    "files.upload": ({ path, ifExists }) => {
      if (path === "a/taken.txt" && ifExists === "fail") throw new HoldallError("file-exists", { subs: ["taken.txt"] });
      return { transferId: "t" };
    },
  });
  const files = [
    { file: taken, path: "a/taken.txt" },
    { file: new File(["2"], "free.txt"), path: "a/free.txt" },
  ];
  await uploadFiles(owner, files);
  expect(sent.map(({ input }) => input.path)).toEqual(["a/taken.txt", "a/free.txt"]);
  expect(entering.value).toEqual([]);
  const [conflict] = nameConflicts.value;
  if (conflict === undefined) throw new Error("no conflict was kept");
  await settleConflict(conflict, "keep-both");
  expect(sent[2]?.input).toMatchObject({ path: "a/taken.txt", ifExists: "keep-both", file: taken });
  expect(nameConflicts.value).toEqual([]);
});

test("files that cannot be taken are listed, each with its reason, until the person took note", async () => {
  answerWith({
    "files.upload": ({ path }) => {
      if (path === "a\tb.txt") throw new HoldallError("name-control-character", { subs: [path] });
      return { transferId: "t" };
    },
  });
  const gone = new File(["was here"], "gone.txt");
  gone.stream = () => new ReadableStream({ pull: (stream) => stream.error(new DOMException("x", "NotFoundError")) });
  await uploadFiles(owner, [
    { file: new File(["1"], "a\tb.txt"), path: "a\tb.txt" },
    { file: gone, path: "gone.txt" },
    { file: new File(["3"], "good.txt"), path: "good.txt" },
  ]);
  expect(refusals.value.map(({ path, error }) => [path, error.code])).toEqual([
    ["a\tb.txt", "name-control-character"],
    ["gone.txt", "file-unreadable"],
  ]);
  expect(sent.map(({ input }) => [input.path, input.size])).toEqual([
    ["a\tb.txt", 1],
    ["good.txt", 1],
  ]);
  for (const refusal of refusals.value) dismissRefusal(refusal);
  expect(refusals.value).toEqual([]);
});

test("what is left of an upload when the person signs out goes into nobody's folder", async () => {
  answerWith({
    "files.upload": () => {
      currentOwner.value = { ...owner, identity: "local|bob", name: "bob" };
      return { transferId: "t" };
    },
  });
  const files = ["a.txt", "b.txt"].map((path) => ({ file: new File([path], path), path }));
  await uploadFiles(owner, files);
  expect(sent.map(({ input }) => input.path)).toEqual(["a.txt"]);
  expect(entering.value).toEqual([]);
});

test("toasts and name conflicts of one person are not there for the next", async () => {
  answerWith({
    "files.upload": () => {
      throw new HoldallError("file-exists", { subs: ["a.txt"] });
    },
  });
  await uploadFiles(owner, [{ file: new File(["1"], "a.txt"), path: "a.txt" }]);
  showToast("a.txt deleted");
  expect([nameConflicts.value.length, toasts.value.length]).toEqual([1, 1]);
  currentOwner.value = null;
  expect([nameConflicts.value.length, toasts.value.length]).toEqual([0, 0]);
});

test("a row that was deleted and written anew, byte for byte, shows again with the next list", async () => {
  const row = itemRow();
  answerWith({ "items.delete": () => null });
  const before = performance.now();
  await deleteItem(owner, row);
  trustList(before);
  expect(shownItems([row])).toEqual([]);
  trustList(performance.now());
  expect(shownItems([row])).toEqual([row]);
});

test("Holdall's own items are asked about first, since they cannot be brought back", async () => {
  answerWith({ "items.delete": () => null });
  const deletion = deleteItem(owner, { ...itemRow(), sortKey: "holdall#capture#1" });
  await expect.poll(() => question.value).not.toBeNull();
  expect(sent).toEqual([]);
  question.value?.answer(true);
  expect(await deletion).toBe(true);
  expect(toasts.value[0]?.action).toBeNull();
});
