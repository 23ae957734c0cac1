/** What the tests reach in the probe's page. */
import { sendMessage } from "../../../src/platform/messages.ts";
import type { TakeAnswer, TakeQuestion } from "./background.ts";

export type PageProbe = typeof probe;

const probe = {
  async take(question: TakeQuestion) {
    const answer = (await sendMessage(question)) as TakeAnswer;
    if ("error" in answer) return answer;
    const { bytes, ...rest } = answer;
    return { ...rest, size: bytes.size, base64: bytes.size > 30_000_000 ? "" : await base64(bytes) };
  },
};

async function base64(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const read = new Promise((resolve) => reader.addEventListener("load", resolve));
  reader.readAsDataURL(blob);
  await read;
  return String(reader.result).replace(/^[^,]*,/, "");
}

Object.assign(globalThis, { probe });
