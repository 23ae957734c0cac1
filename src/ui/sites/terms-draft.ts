/** What the person decides about a site while they decide it: for the consent window and for a change. */
import { checkPath } from "../../shared/check-path.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { atLeast, larger, smaller } from "../../shared/site/site-access.ts";
import {
  defaultLimits,
  type GrantState,
  type SiteAccess,
  type SiteGrant,
  type SiteLimits,
  type SiteWish,
} from "../../shared/site/site-grant.ts";
import { asHoldallError } from "../error-text.ts";

export type Terms = Pick<SiteGrant, "files" | "items" | "folder" | "ownItems" | "until" | "limits">;

/** `same`: the end that the grant has already. */
export type Until = "hour" | "today" | "month" | "open" | "same";

export interface TermsDraft {
  files: SiteAccess;
  /** True: `folder`; false: the site's own area. */
  elsewhere: boolean;
  /** As typed; kept while the own area is chosen. */
  folder: string;
  items: SiteAccess;
  ownItems: boolean;
  until: Until;
  /** As typed. */
  requestsPerMinute: string;
  megabytesPerDay: string;
}

const megabyte = 1_000_000;
const minute = 60_000;
const hour = 60 * minute;
const monthDays = 30;

/**
 * What the person starts from: what the page would like, but in the site's own area. Beyond it a page gets nothing that the
 * person has not chosen by hand. Of a grant that is there nothing is taken away.
 * @param present none once its time is over: what it gave is given anew, or is not
 * @param past the grant whose time is over: where they gave less than the page would like, they begin there
 */
export function draftOf(wish: SiteWish, present: SiteGrant | null, past: SiteGrant | null = null): TermsDraft {
  const begin = (what: "files" | "items") =>
    past?.decided !== undefined && atLeast(past.decided[what], wish[what])
      ? smaller(wish[what], past[what])
      : wish[what];
  const limitOf = (what: keyof SiteLimits) =>
    present?.limits[what] ?? Math.min(defaultLimits[what], past?.limits[what] ?? Number.POSITIVE_INFINITY);
  return {
    files: larger(begin("files"), present?.files ?? "none"),
    elsewhere: present !== null && present.folder !== null,
    folder: present?.folder ?? wish.folder ?? "",
    items: larger(begin("items"), present?.items ?? "none"),
    ownItems: present?.ownItems ?? false,
    until: present === null ? "month" : present.until === null ? "open" : "same",
    requestsPerMinute: String(limitOf("requestsPerMinute")),
    megabytesPerDay: String(limitOf("bytesPerDay") / megabyte),
  };
}

/** All of a grant, for its person to change; once its time is over it begins anew, with a time as long as a new one's. */
export function draftOfGrant(grant: SiteGrant, state: GrantState): TermsDraft {
  const draft = draftOf({ ...grant, reason: null }, grant);
  return state === "expired" ? { ...draft, until: "month" } : draft;
}

export type TermsFault = "nothing" | "folder" | "requests" | "megabytes";

/** What is wrong with a draft, by field. */
export type TermsFaults = Partial<Record<Exclude<TermsFault, "folder">, true>> & {
  /** `empty`: nothing typed; `apps`: the areas of other sites. */
  folder?: "empty" | "apps" | HoldallError;
};

/** Requests a minute and megabytes a day that the protocol takes. */
const most = { requests: 100_000, megabytes: Number.MAX_SAFE_INTEGER / megabyte };

/** @param identity whose folder it is: S3 counts its bytes too */
export function faultsOf(draft: TermsDraft, identity: string): TermsFaults {
  const faults: TermsFaults = {};
  if (draft.files === "none" && draft.items === "none") faults.nothing = true;
  if (draft.files !== "none" && draft.elsewhere) {
    const fault = folderFault(folderOf(draft.folder), identity);
    if (fault !== null) faults.folder = fault;
  }
  const requests = numberOf(draft.requestsPerMinute);
  if (requests === null || !Number.isInteger(requests) || requests < 1 || requests > most.requests) {
    faults.requests = true;
  }
  const megabytes = numberOf(draft.megabytesPerDay);
  if (megabytes === null || megabytes < 0 || megabytes > most.megabytes) faults.megabytes = true;
  return faults;
}

export function hasFaults(faults: TermsFaults): boolean {
  return Object.keys(faults).length > 0;
}

/** What is typed as a folder: without empty parts, and with a slash at its end; a slash before it stays, and is refused. */
function folderOf(typed: string): string {
  const path = typed.trim();
  const segments = path.split("/").filter((segment) => segment.trim() !== "");
  if (segments.length === 0) return "";
  return `${path.startsWith("/") ? "/" : ""}${segments.join("/")}/`;
}

function folderFault(folder: string, identity: string): NonNullable<TermsFaults["folder"]> | null {
  if (folder === "") return "empty";
  if (/^apps\//.test(folder)) return "apps";
  try {
    checkPath(identity, folder);
    return null;
  } catch (cause) {
    return asHoldallError(cause);
  }
}

function numberOf(typed: string): number | null {
  const text = typed.trim();
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Of a draft without faults. @param now milliseconds since the epoch, at the click: an hour counts from there */
export function termsOf(draft: TermsDraft, now: number, present: SiteGrant | null): Terms {
  return {
    files: draft.files,
    items: draft.items,
    folder: draft.files !== "none" && draft.elsewhere ? folderOf(draft.folder) : null,
    ownItems: draft.items !== "none" && draft.ownItems,
    until: untilOf(draft.until, now, present),
    limits: {
      requestsPerMinute: numberOf(draft.requestsPerMinute) ?? defaultLimits.requestsPerMinute,
      bytesPerDay: Math.round((numberOf(draft.megabytesPerDay) ?? 0) * megabyte),
    },
  };
}

/** Milliseconds since the epoch; null without an end. Days are those of the person's clock. */
export function untilOf(until: Until, now: number, present: Pick<SiteGrant, "until"> | null): number | null {
  if (until === "hour") return now + hour;
  if (until === "today") return new Date(now).setHours(24, 0, 0, 0);
  if (until === "open") return null;
  // A grant that was taken away meanwhile has no end to keep, and its absence is not to be without one.
  return until === "same" && present !== null ? present.until : now + monthDays * 24 * hour;
}
