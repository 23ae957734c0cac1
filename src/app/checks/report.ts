import type { CheckRun, CheckStep } from "../../messaging/checks-view.ts";
import { t } from "../../platform/i18n.ts";
import type { Profile } from "../../shared/profile.ts";
import { redact } from "../../shared/redact.ts";
import type { WireError } from "../../shared/result.ts";
import { errorFacts, errorText } from "../../ui/error-text.ts";
import type { Explanation } from "./change.ts";
import { type CheckWords, skippedBecause, stateWord } from "./step-words.ts";

export interface ReportInput {
  title: string;
  run: CheckRun;
  words: CheckWords;
  /** Null when it could not be read. */
  profile: Profile | null;
  version: string;
  /** `navigator.userAgent` */
  browser: string;
  explain(step: CheckStep): Explanation | null;
  /** Paragraphs before the steps: what the whole run says. */
  verdict?: string[];
}

/**
 * A run as Markdown, for an administrator or a ticket. Nothing secret is in a run; what looks like it all the same, in a
 * service's own sentence for example, is taken out.
 */
export function reportOf(input: ReportInput): string {
  const { title, run, words, profile, version, browser, verdict = [] } = input;
  const lines = [
    `# ${title}`,
    "",
    bullet(t("report_at"), new Date(run.startedAt).toISOString()),
    bullet(t("report_took"), run.endedAt === null ? "–" : `${run.endedAt - run.startedAt} ms`),
    bullet(t("report_version"), version),
    bullet(t("report_browser"), browser),
    ...(profile === null ? [] : profileLines(profile)),
    ...verdict.flatMap((paragraph) => ["", paragraph]),
  ];
  const steps = new Map(run.steps.map((step) => [step.id, step]));
  const names = new Map(words.groups.flatMap((group) => group.steps));
  for (const group of words.groups) {
    lines.push("", `## ${group.title}`, "");
    for (const [id, name] of group.steps) {
      const step = steps.get(id);
      if (step !== undefined) lines.push(...stepLines(name, step, input, (one) => names.get(one) ?? one));
    }
  }
  return redact(`${lines.join("\n")}\n`);
}

function profileLines(profile: Profile): string[] {
  const { bucket, credentials, endpoints, table } = profile;
  const way = credentials.kind === "identityPool" ? credentials.identityPoolId : roleOf(credentials.role);
  return [
    bullet(t("report_profile"), profile.name),
    bullet("issuer", profile.issuer),
    bullet("clientId", profile.clientId),
    bullet("scopes", profile.scopes.join(" ")),
    bullet("region", profile.region),
    bullet(credentials.kind, way),
    bullet("table", `${table.name} (${table.partitionKey}, ${table.sortKey})`),
    bullet("bucket", `${bucket.name} (${bucket.forcePathStyle ? "path style" : "host style"}, ${bucket.checksum})`),
    ...Object.entries(endpoints).map(([name, url]) => bullet(`endpoints.${name}`, url)),
  ];
}

function roleOf(role: Extract<Profile["credentials"], { kind: "webIdentity" }>["role"]): string {
  if (role.kind === "fixed") return role.arn;
  return role.kind === "list" ? role.roles.map(({ arn }) => arn).join(", ") : role.url;
}

function stepLines(
  name: string,
  step: CheckStep,
  { explain, words }: ReportInput,
  nameOf: (id: string) => string,
): string[] {
  const { error, facts, ms, state } = step;
  const why = state === "skipped" ? `: ${skippedBecause(facts.because, nameOf)}` : "";
  const found = Object.entries(facts).filter(([fact]) => fact !== "because");
  return [
    bullet(name, `**${stateWord(step, words)}**${ms === null ? "" : ` (${ms} ms)`}${why}`),
    ...found.map(([fact, value]) => `  ${bullet(words.fact(fact), value)}`),
    ...(error === null ? [] : errorLines(error, explain(step))),
  ];
}

function errorLines(error: WireError, explanation: Explanation | null): string[] {
  const { what, fix } = errorText(error);
  const changes = explanation?.changes ?? [];
  return [
    `  - ${oneLine(what)} ${oneLine(explanation?.cause ?? fix)}`,
    ...errorFacts(error).map(([label, value]) => `  ${bullet(label, value)}`),
    ...changes.flatMap(({ where, text }) => [`  ${bullet(where, "")}`, ...fenced(text)]),
  ];
}

const fenced = (text: string) => ["", "    ```", ...text.split("\n").map((line) => `    ${line}`), "    ```", ""];
const bullet = (label: string, value: string) => `- ${label}: ${oneLine(value)}`.trimEnd();
/** A service's sentence could otherwise begin a heading of its own. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
