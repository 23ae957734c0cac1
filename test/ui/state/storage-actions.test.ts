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

test("toasts of one person are not there for the next", () => {
  showToast("a.txt deleted");
  expect(toasts.value.length).toBe(1);
  currentOwner.value = null;
  expect(toasts.value.length).toBe(0);
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
