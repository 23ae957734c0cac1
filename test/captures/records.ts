import type { CaptureRecord } from "../../src/captures/record.ts";
import type { CaptureRequest } from "../../src/captures/taken.ts";

export const request: CaptureRequest = {
  kind: "image",
  url: "https://notes.example/cat.png",
  page: { url: "https://notes.example/", title: "Cats" },
  tab: { id: 7, frame: 0 },
  tags: [],
  note: "",
};

export function record(change: Partial<CaptureRecord> = {}): CaptureRecord {
  return {
    ...{ id: "01JD0000000000000000000001", profile: "p", identity: "alice", expected: null, request, at: 1_000 },
    ...{ state: "asked", before: "asked", described: null, key: null, path: null, ifExists: "keep-both" },
    ...{ error: null, offers: [], attempts: 0, allowAddress: false },
    ...change,
  };
}
