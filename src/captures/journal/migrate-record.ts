/** Records of earlier versions, and what is none. */
import { captureKinds } from "../../messaging/captures-view.ts";
import { isUlid } from "../../shared/ulid.ts";
import type { CaptureRecord, CaptureState, Described } from "../record.ts";

/** Version 1 knew images alone. */
interface FirstRecord {
  id: string;
  owner: { profile: string; identity: string };
  srcUrl: string;
  pageUrl: string;
  title: string;
  at: number;
  stage: "asked" | "described" | "uploading";
  described: {
    path: string;
    type: string;
    size: number;
    sha256: string;
    dimensions: { width: number; height: number } | null;
  } | null;
}

const states = { asked: "asked", described: "sending", uploading: "uploading" } as const;

/** null for what cannot be read. */
export function migrateRecord(value: unknown): CaptureRecord | null {
  const old = value as Partial<FirstRecord> | null;
  if (typeof old !== "object" || old === null) return null;
  const { id, owner, srcUrl, pageUrl = "", title = "", at, stage, described = null } = old;
  if (typeof id !== "string" || typeof srcUrl !== "string" || typeof at !== "number") return null;
  if (owner === undefined || stage === undefined || !Object.hasOwn(states, stage)) return null;
  const state: CaptureState = described === null ? "asked" : states[stage];
  const path = described?.path ?? null;
  return {
    ...{ id, profile: owner.profile, identity: owner.identity, expected: null, at, state, before: "asked" },
    request: { kind: "image", url: srcUrl, page: { url: pageUrl, title }, tab: null, tags: [], note: "" },
    described: described === null ? null : describedBy(described),
    ...{ key: described === null ? null : id, path, ifExists: "keep-both", error: null, offers: [], attempts: 0 },
    allowAddress: false,
  };
}

function describedBy({ path, ...rest }: NonNullable<FirstRecord["described"]>): Described {
  return { ...rest, extension: path.slice(path.lastIndexOf(".") + 1), name: "", missing: 0 };
}

const known: readonly string[] = ["asked", "taken", "sending", "uploading", "indexing", "failed"];

/** What a later version, or a disk, has made unreadable is left out. */
export function isRecord(value: unknown): value is CaptureRecord {
  if (typeof value !== "object" || value === null) return false;
  const { id, profile, request, at, state, offers } = value as Partial<CaptureRecord>;
  if (typeof id !== "string" || !isUlid(id) || typeof profile !== "string" || typeof at !== "number") return false;
  if (typeof request !== "object" || request === null || !Array.isArray(request.tags)) return false;
  return captureKinds.includes(request.kind) && known.includes(String(state)) && Array.isArray(offers);
}
