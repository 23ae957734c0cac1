import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { listPages } from "./read-list.ts";
import { createS3World } from "./s3-world.ts";

const WRITER = fileURLToPath(new URL("./writer-process.ts", import.meta.url));
const ROUNDS = 5;

/** Starts the writer, kills it in the midst of its work, and gives what it had acknowledged. */
async function writeAndKill(
  dataDir: string,
  smallSize: number,
  first: number,
  afterMilliseconds: number,
): Promise<number[]> {
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, dataDir, String(first), String(smallSize)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  const begun = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      resolve();
    });
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await Promise.race([begun, ended]);
  await wait(afterMilliseconds);
  child.kill("SIGKILL");
  await ended;
  // A last line without its end may be cut: it does not count as acknowledged.
  return text.split("\n").slice(0, -1).map(Number);
}

const bodyOf = (key: string, number: number) =>
  createHash("sha512")
    .update(key)
    .digest("hex")
    .repeat(1 + (number % 40) * 50);

const promise = "after SIGKILL at any moment, what was acknowledged is there whole, and nothing is there in part";

test.each([
  ["a file for each body", 0],
  ["small bodies in packs", 65_536],
])(
  `${promise}: %s`,
  async (_, smallSize) => {
    const dataDir = await mkdtemp(join(tmpdir(), "holdall-s3-kill-"));
    const acknowledged: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const written = await writeAndKill(dataDir, smallSize, round * 1_000_000, 20 + Math.random() * 150);
      expect(written.length).toBeGreaterThan(0);
      acknowledged.push(...written);
    }
    const world = await createS3World({ dataDir, minimumPartSize: 1, smallSize });
    const keys = (await listPages(world, {})).flatMap((page) => page.keys);
    expect(keys).toEqual(expect.arrayContaining(acknowledged.map((number) => `k${number}`)));
    for (const key of keys) {
      expect((await world.call({ key })).text === bodyOf(key, Number(key.slice(1)))).toBe(true);
    }
    // Bytes of whatever was under way were swept; parts of uploads that were begun are still there to go on with.
    const { text } = await world.call({ query: { uploads: "" } });
    const pending = [...text.matchAll(/<Upload><Key>(.*?)<\/Key><UploadId>(.*?)</g)];
    let used = 0;
    for (const [, key = "", uploadId = ""] of pending) {
      used += (await world.call({ key, query: { uploadId } })).text.split("<Part>").length - 1;
    }
    used += keys.reduce((sum, key) => sum + (Number(key.slice(1)) % 3 === 0 ? 2 : 1), 0);
    const files = (await readdir(join(dataDir, "data"), { recursive: true })).filter((name) => name.includes("/"));
    if (smallSize === 0) expect(files).toHaveLength(used);
    else expect(files.length).toBeLessThan(used);
    await world.end();
  },
  60_000,
);
