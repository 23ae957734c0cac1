import type { ActivityEntry } from "../../shared/activity.ts";

const columns = [
  ...(["n", "at", "profile", "service", "host", "action"] as const),
  ...(["status", "error", "ms", "sent", "received", "requestId"] as const),
];

/** RFC 4180, with a line of names; times as ISO 8601. */
export function toCsv(entries: ActivityEntry[]): string {
  const lines = entries.map((entry) => columns.map((name) => cell(name === "at" ? timeOf(entry) : entry[name])));
  return [columns.join(","), ...lines.map((cells) => cells.join(","))].map((line) => `${line}\r\n`).join("");
}

export function toJson(entries: ActivityEntry[]): string {
  return `${JSON.stringify(
    entries.map((entry) => ({ ...entry, at: timeOf(entry) })),
    null,
    2,
  )}\n`;
}

const timeOf = ({ at }: ActivityEntry) => new Date(at).toISOString();

/**
 * A spreadsheet takes what begins like a formula for one, and would run it: a host or an id comes from a server.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
