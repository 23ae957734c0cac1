import { describe, expect, it } from "vitest";
import type { FileHead } from "../../src/aws/files/head-file.ts";
import { archiveEntries, mostEntries } from "../../src/background/archive-entries.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";

/** A folder of objects of one byte each (0 for markers), listed in pages of 1,000. */
function createFiles(paths: string[]) {
  const requests: string[] = [];
  const row = (path: string) => ({ path, size: path.endsWith("/") ? 0 : 1, modifiedAt: 5, etag: `"${path}"` });
  const sorted = paths.toSorted();
  return {
    requests,
    list: async ({ prefix, cursor, flat }: { prefix: string; cursor?: string | null; flat?: boolean }) => {
      requests.push(`list ${prefix}`);
      const all = sorted.filter((path) => path.startsWith(prefix) && path !== prefix);
      const files = all.filter((path) => flat || !path.slice(prefix.length).includes("/"));
      const start = Number(cursor ?? 0);
      const next = start + 1000;
      return {
        files: files.slice(start, next).map(row),
        folders: [],
        cursor: next < files.length ? String(next) : null,
      };
    },
    head: async (path: string) => {
      requests.push(`head ${path}`);
      if (!paths.includes(path)) throw new HoldallError("file-missing", { subs: [path] });
      return row(path) as FileHead;
    },
  };
}

const now = new Date(2026, 10, 20, 23).getTime();

describe("a zip of", () => {
  it("a folder is called like it, and holds all of it relative to where it lies", async () => {
    const files = createFiles(["x/photos/a.jpg", "x/photos/b/c.jpg", "x/photosets/d.jpg"]);
    const { name, entries } = await archiveEntries(files, { prefix: "x/", paths: ["x/photos/"] }, now);
    expect(name).toBe("photos.zip");
    expect(entries).toEqual([
      { path: "x/photos/a.jpg", name: "photos/a.jpg", size: 1, etag: '"x/photos/a.jpg"', modifiedAt: 5 },
      { path: "x/photos/b/c.jpg", name: "photos/b/c.jpg", size: 1, etag: '"x/photos/b/c.jpg"', modifiedAt: 5 },
    ]);
    expect(files.requests).toEqual(["list x/photos/"]);
  });

  it.each([
    [["a.txt"], "a.zip"],
    [["a.txt", "b.txt"], "Holdall 2026-11-20.zip"],
    [[""], "Holdall 2026-11-20.zip"],
    [["con/"], "_con.zip"],
  ])("%j is called %s", async (paths, wanted) => {
    const files = createFiles(["a.txt", "b.txt", "con/c.txt"]);
    expect((await archiveEntries(files, { prefix: "", paths }, now)).name).toBe(wanted);
  });

  it("folders and files holds each once, and lists no folder twice", async () => {
    const files = createFiles(["a/1", "a/b/2", "c"]);
    const { entries } = await archiveEntries(files, { prefix: "", paths: ["a/b/", "c", "a/", "a/1"] }, now);
    expect(entries.map(({ name }) => name)).toEqual(["a/1", "a/b/2", "c"]);
    expect(files.requests).toEqual(["list a/", "head c"]);
  });

  it("thousands of single files asks the listing, not for each", async () => {
    const paths = Array.from({ length: 3000 }, (_, n) => `d/${n}`);
    const files = createFiles(["d/other", "d/e/deep", ...paths]);
    const { entries } = await archiveEntries(files, { prefix: "d/", paths: [...paths, "d/e/deep"] }, now);
    expect(entries).toHaveLength(3001);
    expect(files.requests).toEqual(["list d/", "list d/", "list d/", "list d/", "head d/e/deep"]);
  });

  it("a file that is gone says so", async () => {
    const paths = Array.from({ length: 20 }, (_, n) => `${n}`);
    await expect(archiveEntries(createFiles([]), { prefix: "", paths: ["a"] })).rejects.toMatchObject({
      code: "file-missing",
    });
    await expect(archiveEntries(createFiles(paths), { prefix: "", paths: [...paths, "a"] })).rejects.toMatchObject({
      code: "file-missing",
      facts: { subs: ["a"] },
    });
  });

  it("folder markers keeps those of empty folders", async () => {
    const files = createFiles(["a/", "a/b/", "a/b/c", "a/empty/"]);
    const { entries } = await archiveEntries(files, { prefix: "", paths: [""] });
    expect(entries.map(({ name }) => name)).toEqual(["a/b/c", "a/empty/"]);
  });

  it("an empty folder, or of more than it may hold, is refused, the latter as soon as that is known", async () => {
    await expect(archiveEntries(createFiles(["b"]), { prefix: "", paths: ["a/"] })).rejects.toMatchObject({
      code: "archive-empty",
    });
    const most = Array.from({ length: mostEntries }, (_, n) => `a/${n}`);
    expect((await archiveEntries(createFiles(most), { prefix: "", paths: ["a/"] })).entries).toHaveLength(mostEntries);
    const files = createFiles([...most, ...most.map((path) => `${path}-2`), "a/x"]);
    await expect(archiveEntries(files, { prefix: "", paths: ["a/"] })).rejects.toMatchObject({
      code: "archive-too-large",
      facts: { subs: ["10000+", "10000"] },
    });
    expect(files.requests).toHaveLength(11);
  });
});
