import { expect, test } from "vitest";
import { type Counting, countTargets } from "../../../src/app/files/deletion/count-targets.ts";
import type { FileRow } from "../../../src/messaging/view.ts";

const row = (path: string, size = 1, modifiedAt = 0): FileRow => ({ path, size, modifiedAt, etag: `"${path}"` });

/** A bucket that lists `size` names a page, as S3 does, and how many pages were asked for. */
function bucket(rows: FileRow[], size = 2) {
  const asked: string[] = [];
  const list: Counting["list"] = async (folder, cursor) => {
    asked.push(folder);
    const from = Number(cursor ?? 0);
    const below = rows.filter(({ path }) => path.startsWith(folder));
    const next = from + size < below.length ? String(from + size) : null;
    return { files: below.slice(from, from + size), folders: [], cursor: next };
  };
  return { list, asked };
}

test("all that lies below the folders is counted page by page, with the files chosen beside them", async () => {
  const { list, asked } = bucket([row("a/1", 10, 5), row("a/b/2", 20, 9), row("a/b/3", 30), row("ab/4", 40)]);
  const counts: number[] = [];
  const counted = await countTargets([{ folder: "a/" }, { file: row("x", 100) }], {
    list,
    onCount: ({ files }) => counts.push(files),
    isWanted: () => true,
  });
  expect(asked).toEqual(["a/", "a/"]);
  expect(counts).toEqual([3, 4]);
  expect(counted).toMatchObject({ files: 4, bytes: 160, newest: "a/b/2" });
  expect(counted?.targets).toContainEqual({ path: "a/b/3", etag: '"a/b/3"' });
  expect(counted?.targets.map(({ path }) => path)).not.toContain("ab/4");
});

test("folders' own objects are no files, and go last, the deepest first", async () => {
  const { list } = bucket([row("a/", 0), row("a/b/", 0), row("a/b/1"), row("a/z")], 3);
  const counted = await countTargets([{ folder: "a/" }], { list, onCount: () => {}, isWanted: () => true });
  expect(counted?.files).toBe(2);
  expect(counted?.targets.map(({ path }) => path)).toEqual(["a/b/1", "a/z", "a/b/", "a/"]);
});

test("counting that is not wanted any more asks for no further page", async () => {
  const { list, asked } = bucket(Array.from({ length: 9 }, (_, index) => row(`a/${index}`)));
  const counting = { list, onCount: () => {}, isWanted: () => asked.length < 2 };
  expect(await countTargets([{ folder: "a/" }], counting)).toBeNull();
  expect(asked).toHaveLength(2);
});

test("a folder that is gone has nothing in it", async () => {
  const { list } = bucket([]);
  const counted = await countTargets([{ folder: "a/" }], { list, onCount: () => {}, isWanted: () => true });
  expect(counted).toEqual({ targets: [], files: 0, bytes: 0, newest: null });
});
