/** Uploads of real files, while somebody else works on them, the disk is full, the browser forgets them or is updated. */
import { mkdtemp, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TransferView } from "../../src/messaging/view.ts";
import { BROWSER_NAMES } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { bytesOf, sha256, TransferStage } from "./transfers/stage.ts";

const MiB = 1024 ** 2;
/** Copied in one piece in memory, in one piece by the browser, and in two. */
const sizes = [1000, 3 * MiB, 66 * MiB];

describe.each(BROWSER_NAMES)("bad input to transfers in %s", (name) => {
  let stage: TransferStage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "holdall-picked-"));
    stage = await TransferStage.open(name);
  });
  afterAll(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function fileOf(path: string, bytes: Uint8Array): Promise<string> {
    const file = join(folder, path);
    await writeFile(file, bytes);
    return file;
  }

  /** The files as the browser's picker gives them: the page knows of them from here on, and has read nothing. */
  async function pick(...paths: string[]): Promise<void> {
    await stage.app.evaluate(() => {
      const input = document.createElement("input");
      input.type = "file";
      input.multiple = true;
      input.id = "picked";
      document.querySelector("#picked")?.remove();
      document.body.append(input);
    });
    const input = (await stage.app.$("#picked")) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(...paths);
    // Sizes and dates are asked for when the person picks.
    await input.evaluate(({ files }) => [...(files ?? [])].map((file) => file.size + file.lastModified));
  }

  /** Sends what was picked, as the app does. */
  async function sendPicked(command: "files.upload" | "transfers.provide", id = ""): Promise<unknown> {
    const profile = await stage.profile();
    return await stage.app.evaluate(
      async (input) => {
        const picked = [...(document.querySelector<HTMLInputElement>("#picked")?.files ?? [])];
        const [file] = picked;
        const files = picked.map((one) => ({ file: one, size: one.size, path: one.name }));
        const upload = { profile: input.profile, files, ifExists: "fail" };
        const provided = { id: input.id, file, size: file?.size };
        const message = input.command === "files.upload" ? upload : provided;
        return await chrome.runtime.sendMessage({ holdall: 1, command: input.command, input: message });
      },
      { profile, command, id },
    );
  }

  async function ends(path: string): Promise<TransferView> {
    return await poll(
      `${path} to end`,
      async () => {
        const row = await stage.transfer(path);
        return row !== undefined && ["done", "failed"].includes(row.state) && row;
      },
      60_000,
    );
  }

  test.runIf(name === "chromium")(
    "what has no room is sent from the file itself, and after that is lost, from the same file only",
    async () => {
      // First of all tests: an estimate of the room is good for some seconds.
      const size = 28 * MiB + 5;
      const cdp = await stage.app.createCDPSession();
      const { origin } = stage.browser;
      await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 10 * MiB });
      await stage.holdParts(1500);
      const file = await fileOf("live.bin", bytesOf(size, 3));
      // Whole seconds: a time that is read and written back may be a thousandth off.
      const picked = new Date(1_700_000_000_000);
      await utimes(file, picked, picked);
      await pick(file);
      const answer = (await sendPicked("files.upload")) as { value: { ids: string[] } };
      const [id = ""] = answer.value.ids;
      await stage.partArrives();
      expect(await stage.browser.killHost()).toBe(true);
      await poll("the file to be asked for", async () => (await stage.transfer("live.bin"))?.waitsFor === "file");
      const ids = async () => (await stage.openUploads()).map(({ uploadId }) => uploadId);
      const before = await ids();
      await fileOf("live.bin", bytesOf(size, 4));
      await pick(file);
      expect(await sendPicked("transfers.provide", id)).toMatchObject({ ok: false, error: { code: "file-changed" } });
      expect(await ids()).toEqual(before);
      // The same again, as from a backup.
      await fileOf("live.bin", bytesOf(size, 3));
      await utimes(file, picked, picked);
      await pick(file);
      expect(await sendPicked("transfers.provide", id)).toMatchObject({ ok: true });
      await stage.reaches("live.bin", "done");
      expect(await stage.storedDigest("live.bin")).toBe(sha256(bytesOf(size, 3)));
      expect(await stage.operations()).not.toContain("AbortMultipartUpload");
      expect(await stage.openUploads()).toEqual([]);
      await cdp.send("Storage.overrideQuotaForOrigin", { origin });
      await cdp.detach();
    },
  );

  test("files that vanish or change after they were picked are never sent as something that was no file", async () => {
    const changes = {
      gone: (file: string) => rm(file),
      shorter: (file: string, size: number) => truncate(file, size / 2),
      longer: (file: string, size: number) => writeFile(file, bytesOf(size + 500, 2)),
      other: (file: string, size: number) => writeFile(file, bytesOf(size, 2)),
    };
    const cases = Object.entries(changes).flatMap(([change, work]) =>
      sizes.map((size) => ({ change, size, work, path: `${change}-${size}.bin` })),
    );
    const files = await Promise.all(cases.map(({ path, size }) => fileOf(path, bytesOf(size, 1))));
    await pick(...files);
    // File systems tell times in steps.
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const [index, { work, size }] of cases.entries()) await work(files[index] ?? "", size);
    expect(await sendPicked("files.upload")).toMatchObject({ ok: true });
    for (const { change, path, size } of cases) {
      const { state, error } = await ends(path);
      const said = { path, state, code: error?.code };
      if (change === "other" && name === "firefox") {
        // It does not notice, and sends all of the new one.
        expect(said).toMatchObject({ state: "done" });
        expect(await stage.storedDigest(path)).toBe(sha256(bytesOf(size, 2)));
      } else expect(said).toEqual({ path, state: "failed", code: "file-unreadable" });
    }
    const stored = await stage.storedPaths();
    expect(stored.filter((path) => /^(?:gone|shorter|longer)/.test(path))).toEqual([]);
    expect(await stage.openUploads()).toEqual([]);
    await stage.order("transfers.dismiss", { which: "ended" });
  });

  test.runIf(name === "chromium")(
    "the extension is updated in the middle: all goes on, and no part is sent twice",
    async () => {
      const size = 28 * MiB + 5;
      await stage.holdParts(3000);
      await stage.upload([{ path: "updated.bin", size, seed: 5 }]);
      await stage.partArrives();
      // What is not copied yet would go with the page that holds it.
      await poll("all of it to be copied", async () => (await stage.transfer("updated.bin"))?.staged === size);
      await stage.operations();
      // As the browser does for an update: its pages close, its memory of the session is gone.
      await stage.browser.browser.installExtension(await stage.world.buildExtension(name));
      stage.app = await stage.browser.openApp("/transfers");
      await stage.reaches("updated.bin", "done");
      expect(await stage.storedDigest("updated.bin")).toBe(sha256(bytesOf(size, 5)));
      const operations = await stage.operations();
      expect(operations).not.toContain("CreateMultipartUpload");
      expect(await stage.openUploads()).toEqual([]);
    },
  );
});
