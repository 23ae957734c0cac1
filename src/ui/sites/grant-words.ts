/** A grant in words. */
import { language, t } from "../../platform/i18n.ts";
import type { SiteAccess, SiteGrant, SiteLimits } from "../../shared/site/site-grant.ts";
import { byteSize } from "../format/byte-size.ts";
import { count } from "../format/count.ts";

export function accessWord(access: SiteAccess): string {
  if (access === "none") return t("site_access_none");
  return access === "read" ? t("site_access_read") : t("site_access_write");
}

/** `Files: read and change · Items: read` */
export function grantSummary({ files, items }: Pick<SiteGrant, "files" | "items">): string {
  const parts = [
    files === "none" ? "" : t("site_files_are", accessWord(files)),
    items === "none" ? "" : t("site_items_are", accessWord(items)),
  ];
  return parts.filter(Boolean).join(" · ") || accessWord("none");
}

/** Day and time, without the year while it is this one. Milliseconds since the epoch. */
export function momentOf(at: number, now: number): string {
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: "numeric" } as const);
  const day = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat(language(), { ...day, ...year }).format(at);
}

export function untilWords(until: number | null, now: number): string {
  if (until === null) return t("site_until_open");
  return until <= now ? t("site_until_ended", momentOf(until, now)) : t("site_until_at", momentOf(until, now));
}

export function limitWords({ requestsPerMinute, bytesPerDay }: SiteLimits): string {
  return t("site_limits_are", count(requestsPerMinute), byteSize(bytesPerDay));
}
