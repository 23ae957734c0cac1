/** What a person does with transfers: by the words on the buttons, with files and folders that lie on the disk. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BROWSER_NAMES } from "../support/launch-extension.ts";
import { PersonOnPage } from "../support/person-on-page.ts";
import { poll } from "../support/poll.ts";
import { textOf } from "../support/texts.ts";
import { bytesOf, sha256, TransferStage } from "./transfers/stage.ts";

const MiB = 1024 ** 2;

describe.each(BROWSER_NAMES)("the transfers of a person in %s", (name) => {
  let stage: TransferStage;
  let person: PersonOnPage;
  let disk: string;

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), "holdall-picked-"));
    await mkdir(join(disk, "album", "2026"), { recursive: true });
    const files = { "a.txt": bytesOf(10, 1), "2026/b é.bin": bytesOf(9 * MiB, 2), "2026/empty": new Uint8Array() };
    for (const [path, bytes] of Object.entries(files)) await writeFile(join(disk, "album", path), bytes);
    for (const seed of [1, 2, 3]) await writeFile(join(disk, `note ${seed}.txt`), bytesOf(100, seed));
    stage = await TransferStage.open(name);
    person = new PersonOnPage(stage.app);
  });
  afterAll(async () => {
    await stage?.close();
    await rm(disk, { recursive: true, force: true });
  });

  const notes = () => [1, 2, 3].map((seed) => join(disk, `note ${seed}.txt`));
  const done = async (count: number) =>
    await poll(`${count} to be done`, async () => (await stage.view()).transfers.totals.done === count);

  // The driver of Firefox refuses a folder for an input ("File error: Is directory").
  test.runIf(name === "chromium")("a folder is uploaded as it is, with all that is in it", async () => {
    await person.pick(textOf("choose_folder"), join(disk, "album"));
    await done(3);
    expect(await stage.storedPaths("album/")).toEqual(["album/2026/b é.bin", "album/2026/empty", "album/a.txt"]);
    expect(await stage.storedDigest("album/2026/b é.bin")).toBe(sha256(bytesOf(9 * MiB, 2)));
    await stage.order("transfers.dismiss", { which: "ended" });
  });

  test("names that are taken are answered for all at once", async () => {
    await person.pick(textOf("choose_files"), ...notes());
    await done(3);
    await person.pick(textOf("choose_files"), ...notes());
    await person.sees(textOf("for_all"));
    await person.click(textOf("keep_both"));
    await done(6);
    expect(await stage.storedPaths("note")).toHaveLength(6);
  });

  test("all are paused and gone on with, from their page", async () => {
    await stage.fault({ operation: "UploadPart", kind: "delay", ms: 800, count: 4 });
    await stage.upload([{ path: "large.bin", size: 20 * MiB, seed: 5 }]);
    await person.click(textOf("transfers"));
    await person.click(textOf("pause_all"));
    await stage.reaches("large.bin", "paused");
    await person.click(textOf("resume_all"));
    await stage.reaches("large.bin", "done");
    expect(await stage.storedDigest("large.bin")).toBe(sha256(bytesOf(20 * MiB, 5)));
    await person.click(textOf("transfers_clear"));
    await person.sees(textOf("empty_transfers"));
  });

  test("cancelling all says how many before it does so", async () => {
    await stage.holdParts(2000);
    await stage.upload([{ path: "unwanted.bin", size: 20 * MiB, seed: 6 }]);
    await stage.partArrives();
    await person.click(textOf("cancel_all"));
    await person.click(textOf("cancel_verb_one"));
    await stage.reaches("unwanted.bin", "cancelled");
    await poll("nothing to be left of it", async () => (await stage.openUploads()).length === 0);
    expect(await stage.storedPaths("unwanted")).toEqual([]);
  });

  test("several files are saved as one zip", async () => {
    await stage.app.evaluate(() => {
      location.hash = "#/files";
    });
    await person.sees("note 1.txt");
    for (const seed of [1, 2]) await person.check(textOf("select_name", `note ${seed}.txt`));
    await person.click(textOf("save_zip"));
    await poll("a zip among the downloads", async () =>
      (await readdir(stage.browser.downloadDir)).some((file) => file.endsWith(".zip")),
    );
  });
});
