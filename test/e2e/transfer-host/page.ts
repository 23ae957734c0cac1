/** What the tests reach in the probe's page: the host behind the background, and the journal that it works on. */
import { sendMessage } from "../../../src/platform/messages.ts";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import type { HostCall } from "../../../src/transfers/host/host-link.ts";
import { createJournal } from "../../../src/transfers/journal/create-journal.ts";
import type { HostReply } from "./serve-calls.ts";

export type HostProbe = typeof probe;

const journal = createJournal();
const files = new Map<string, Blob>();

const probe = {
  journal,
  crc32,
  crcOf: async (blob: Blob) => crc32Base64(crc32(new Uint8Array(await blob.arrayBuffer()))),
  /** Of `size` bytes that are no constant. */
  blobOf: (size: number, seed = 1) =>
    new Blob([new Uint8Array(size).map((_, at) => (at * 31 + (at >>> 9) + seed) & 255)]),
  async ask(call: HostCall | "release", ...input: unknown[]): Promise<HostReply> {
    return (await sendMessage({ call, input })) as HostReply;
  },
  /** Hands what was chosen in the page to the host. */
  async holdChosen(transferId: string): Promise<HostReply> {
    const file = document.querySelector("input")?.files?.[0];
    if (file === undefined) throw new Error("no file was chosen");
    files.set(transferId, file);
    return await probe.ask("hold", [{ transferId, source: file }]);
  },
};

Object.assign(globalThis, { probe });
