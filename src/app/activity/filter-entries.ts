import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";
import { serviceName } from "./service-name.ts";

export interface ActivityFilter {
  service: ActivityService | "";
  failedOnly: boolean;
  /** Words that a line has to hold, each of them. */
  text: string;
}

export const everything: ActivityFilter = { service: "", failedOnly: false, text: "" };

export function isFiltered({ service, failedOnly, text }: ActivityFilter): boolean {
  return service !== "" || failedOnly || text.trim() !== "";
}

/** @param nameOf what a profile is called */
export function filterEntries(
  entries: ActivityEntry[],
  { service, failedOnly, text }: ActivityFilter,
  nameOf: (profile: string) => string,
): ActivityEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (service !== "" && entry.service !== service) return false;
    if (failedOnly && !hasFailed(entry)) return false;
    if (words.length === 0) return true;
    const { action, host, requestId, error, profile } = entry;
    const shown = [serviceName(entry.service), action, host, outcomeOf(entry).word, requestId, error];
    const line = [...shown, profile === null ? "" : nameOf(profile)].join(" ").toLowerCase();
    return words.every((word) => line.includes(word));
  });
}

/** Every host with its number of requests, the most used first. */
export function hostsOf(entries: ActivityEntry[]): [host: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { host } of entries) counts.set(host, (counts.get(host) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}
