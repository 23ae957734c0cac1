import "../fake-extension.ts";
import { beforeEach, expect, test } from "vitest";
import { mostFiles } from "../../../src/messaging/protocol.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { currentOwner } from "../../../src/ui/state/owner.ts";
import { toasts } from "../../../src/ui/state/toasts.ts";
import { pickedFiles } from "../../../src/ui/storage/picked-files.ts";
import { adding, dismissRefusals, refusals, stopAdding } from "../../../src/ui/storage/upload-state.ts";
import { filesPerMessage, uploadFiles } from "../../../src/ui/storage/uploads.ts";
import { answerWith, sent } from "../fake-extension.ts";

const owner = { profile: "beta", identity: "local|alice", name: "alice" };
const picked = (path: string) => ({ file: new File([path], path), path });
const many = (count: number) => Array.from({ length: count }, (_, index) => picked(`f${index}.txt`));
const taken = () => ({ ids: [], refused: [] });

interface Sent {
  files: { path: string; size: number }[];
}
const batches = () => sent.map(({ input }) => (input as unknown as Sent).files);

beforeEach(() => {
  currentOwner.value = null;
  currentOwner.value = owner;
});

test("thousands of files go in messages that the protocol takes, a short one first, and their progress is told", async () => {
  const told: string[] = [];
  const end = adding.subscribe((value) => told.push(value === null ? "-" : `${value.done}/${value.total}`));
  answerWith({ "files.upload": taken });
  await uploadFiles(owner, many(450));
  end();
  expect(filesPerMessage).toBe(mostFiles);
  expect(batches().map((files) => files.length)).toEqual([20, 200, 200, 30]);
  expect(
    batches()
      .flat()
      .map(({ path }) => path),
  ).toEqual(many(450).map(({ path }) => path));
  expect(told).toEqual(["-", "0/450", "20/450", "220/450", "420/450", "-"]);
});

test("a second choice meanwhile adds to the same count", async () => {
  let go: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  answerWith({ "files.upload": () => gate.then(taken) });
  const both = [uploadFiles(owner, many(3)), uploadFiles(owner, many(5))];
  expect(adding.value).toEqual({ done: 0, total: 8 });
  go();
  await Promise.all(both);
  expect(adding.value).toBeNull();
});

test("who stops the adding keeps what was added, and nothing more is sent", async () => {
  answerWith({
    "files.upload": () => {
      if (sent.length === 2) stopAdding();
      return taken();
    },
  });
  await uploadFiles(owner, many(1000));
  expect([sent.length, adding.value]).toEqual([2, null]);
});

test("files that cannot be taken are listed, each with its reason, until the person took note", async () => {
  answerWith({
    "files.upload": (input) => ({
      ids: [],
      refused: (input as unknown as Sent).files.flatMap(({ path }, index) =>
        path === "a\tb.txt" ? [{ index, error: { code: "name-control-character", facts: { subs: [path] } } }] : [],
      ),
    }),
  });
  const fail = () => Promise.reject(new DOMException("x", "NotFoundError"));
  const gone = new File(["was here"], "gone.txt");
  gone.slice = () => Object.assign(new Blob(), { arrayBuffer: fail });
  const vanished = new File([], "vanished.txt");
  vanished.stream = () =>
    new ReadableStream({ pull: (stream) => stream.error(new DOMException("x", "NotFoundError")) });
  await uploadFiles(owner, [
    { file: gone, path: "gone.txt" },
    { file: vanished, path: "vanished.txt" },
    picked("a\tb.txt"),
    picked("good.txt"),
    { file: new File([], "empty.txt"), path: "empty.txt" },
  ]);
  expect(refusals.value.map(({ path, error }) => [path, error.code]).sort()).toEqual([
    ["a\tb.txt", "name-control-character"],
    ["gone.txt", "file-unreadable"],
    ["vanished.txt", "file-unreadable"],
  ]);
  expect(
    batches()
      .flat()
      .map(({ path, size }) => [path, size]),
  ).toEqual([
    ["a\tb.txt", 7],
    ["good.txt", 8],
    ["empty.txt", 0],
  ]);
  dismissRefusals(refusals.value.slice(0, 1));
  expect(refusals.value).toHaveLength(2);
});

test("a message that fails as a whole ends it, with the reason and how many are not there", async () => {
  answerWith({
    "files.upload": () => {
      if (sent.length === 2) throw new HoldallError("journal-full");
      return taken();
    },
  });
  await uploadFiles(owner, many(500));
  expect([sent.length, adding.value]).toEqual([2, null]);
  expect(toasts.value.map(({ text, error }) => [text, error?.code])).toEqual([["files_not_added 480", "journal-full"]]);
});

test("what is left of an upload when the person signs out goes into nobody's folder", async () => {
  answerWith({
    "files.upload": () => {
      currentOwner.value = { ...owner, identity: "local|bob", name: "bob" };
      return { ids: [], refused: [{ index: 0, error: { code: "name-empty", facts: {} } }] };
    },
  });
  await uploadFiles(owner, many(300));
  expect([sent.length, adding.value, refusals.value]).toEqual([1, null, []]);
});

test("files of a picked folder keep their place in it", () => {
  const inside = Object.assign(new File(["x"], "b.txt"), { webkitRelativePath: "a/.hidden/b.txt" });
  const list = [inside, new File(["y"], "c.txt")];
  expect(pickedFiles(list, "letters/").map(({ path }) => path)).toEqual(["letters/a/.hidden/b.txt", "letters/c.txt"]);
});
