/** The journal's face in memory: it outlives the lives of a test's backgrounds, and counts its transactions. */
import type { Digest } from "../../../src/transfers/host/host-link.ts";
import type { Journal, KnownBytes, KnownUpload } from "../../../src/transfers/journal/journal.ts";
import type { ArchiveEntry, TransferRecord } from "../../../src/transfers/record.ts";

export interface Disk {
  records: Map<string, TransferRecord>;
  /** By `id index`. */
  segments: Map<string, Blob>;
  parts: Map<string, Map<number, Digest>>;
  entries: Map<string, ArchiveEntry[]>;
  uploads: Map<string, KnownUpload>;
  known: Map<string, KnownBytes>;
  /** Names of the calls that wrote. */
  writes: string[];
}

export function createDisk(): Disk {
  return {
    ...{ records: new Map(), segments: new Map(), parts: new Map(), entries: new Map() },
    ...{ uploads: new Map(), known: new Map(), writes: [] },
  };
}

export function memoryJournal(disk: Disk): Journal {
  const keep = (records: TransferRecord[]) => {
    for (const record of records) disk.records.set(record.id, structuredClone(record));
  };
  const drop = (id: string) => {
    for (const key of disk.segments.keys()) if (key.startsWith(`${id} `)) disk.segments.delete(key);
    disk.parts.delete(id);
  };
  const partsOf = (id: string) => disk.parts.get(id) ?? new Map<number, Digest>();
  const written = (name: string) => void disk.writes.push(name);
  return {
    list: async () => [...disk.records.values()].map((record) => structuredClone(record)),
    add: async (records, entries) => {
      written("add");
      keep(records);
      for (const { id } of records) if (entries !== undefined) disk.entries.set(id, structuredClone(entries));
    },
    update: async (records) => {
      written("update");
      keep(records);
    },
    end: async (records) => {
      written("end");
      keep(records);
      for (const { id } of records) drop(id);
    },
    remove: async (ids) => {
      written("remove");
      for (const id of ids) {
        disk.records.delete(id);
        drop(id);
      }
    },
    segment: async (id, index) => disk.segments.get(`${id} ${index}`),
    putSegment: async (id, index, bytes, digest) => {
      disk.segments.set(`${id} ${index}`, bytes instanceof Blob ? bytes : new Blob([bytes]));
      if (digest !== undefined) disk.parts.set(id, partsOf(id).set(index, digest));
    },
    parts: async (id) => new Map(partsOf(id)),
    putPart: async (id, number, digest) => void disk.parts.set(id, partsOf(id).set(number, digest)),
    dropBytes: async (id) => drop(id),
    entries: async (id) => disk.entries.get(id) ?? [],
    uploads: async () => [...disk.uploads.values()],
    noteUpload: async (upload) => void disk.uploads.set(upload.uploadId, upload),
    forgetUpload: async (uploadId) => void disk.uploads.delete(uploadId),
    known: async ({ profile, identity }, fingerprint) => disk.known.get(`${profile} ${identity} ${fingerprint}`),
    noteKnown: async ({ profile, identity }, fingerprint, bytes) =>
      void disk.known.set(`${profile} ${identity} ${fingerprint}`, bytes),
    forgetKnown: async ({ profile, identity }) => {
      const start = identity === undefined ? `${profile} ` : `${profile} ${identity} `;
      for (const key of disk.known.keys()) if (key.startsWith(start)) disk.known.delete(key);
    },
  };
}
