/** Run by kill.test.ts: writes until it is killed, and says what S3 acknowledged. Arguments: data folder, first number, smallSize. */
import { createHash } from "node:crypto";
import { begin, complete, sendParts } from "./multipart-calls.ts";
import { createS3World } from "./s3-world.ts";

const [, , dataDir = "", first = "0", smallSize = "0"] = process.argv;
const LIMIT = 100_000;

async function main(): Promise<void> {
  const world = await createS3World({ dataDir, minimumPartSize: 1, smallSize: Number(smallSize) });
  const write = async (number: number) => {
    const key = `k${number}`;
    const body = createHash("sha512")
      .update(key)
      .digest("hex")
      .repeat(1 + (number % 40) * 50);
    if (number % 3 === 0) {
      const uploadId = await begin(world, key);
      const parts = await sendParts(world, key, uploadId, [body.slice(0, 100), body.slice(100)]);
      await complete(world, { key, uploadId, parts });
    } else {
      await world.call({ method: "PUT", key, body });
    }
    process.stdout.write(`${number}\n`);
  };
  for (let number = Number(first); number < Number(first) + LIMIT; number += 8) {
    await Promise.all(Array.from({ length: 8 }, (_, i) => write(number + i)));
  }
}

void main();
