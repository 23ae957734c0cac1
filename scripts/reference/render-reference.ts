/** docs/sites/reference.md, from what the background checks messages against. */
import * as limits from "../../src/messaging/site-limits.ts";
import { siteMethods } from "../../src/messaging/site-methods.ts";
import { type SiteErrorCode, siteErrorCodes } from "../../src/shared/site/site-error.ts";
import { defaultLimits } from "../../src/shared/site/site-grant.ts";
import { type Described, describeParams } from "./describe-schema.ts";

type Method = (typeof siteMethods)[keyof typeof siteMethods];

/** Of every method. */
const always: SiteErrorCode[] = [
  ...(["invalid", "refused", "over-limit", "signed-out", "not-connected"] as const),
  ...(["unavailable", "cancelled"] as const),
];

/** @param types the text of client/src/types.ts */
export function renderReference(types: string): string {
  const methods = Object.entries<Method>(siteMethods);
  return `${[
    "# Reference for authors of sites",
    "",
    "<!-- Written by `npm run reference` from src/messaging/site-methods.ts: change that, and run it again. -->",
    "",
    "Getting started is in [README.md](README.md). Every method is asked as `holdall.request({ method, params, signal })`; the client",
    "has a function of the same name for each.",
    "",
    "## Methods",
    "",
    "| method | what it does | needs |",
    "|---|---|---|",
    ...methods.map(
      ([name, method]) => `| [\`${name}\`](#${anchor(name)}) | ${method.about} | ${needs(name, method)} |`,
    ),
    ...methods.flatMap(([name, method]) => section(name, method)),
    "",
    "## Errors",
    "",
    "Every request rejects with an `Error` whose `code` is one of these. Codes stay; messages are for you, in English, and may change.",
    "",
    "| code | meaning |",
    "|---|---|",
    ...Object.entries(siteErrorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`),
    "",
    "## Limits",
    "",
    "| what | how much |",
    "|---|---|",
    row("Size of a request, without a file's bytes", `${count(limits.largestRequest)} bytes`),
    row("Depth of a value", `${limits.deepestValue} levels`),
    row("An item, with its key", "400 KB (DynamoDB's limit)"),
    row("A file", `${count(limits.largestFile)} bytes`),
    row("Operations of `items.batch`", count(limits.mostInBatch)),
    row("Requests of a site at once", `${limits.mostParallel}; ${limits.mostWaiting} more wait`),
    row("Requests a minute", `${count(defaultLimits.requestsPerMinute)}, unless the person chooses otherwise`),
    row("Bytes a day, both ways", `${count(defaultLimits.bytesPerDay)}, unless the person chooses otherwise`),
    "",
    "## Events",
    "",
    "`holdall.on(name, listener)` answers a function that ends it.",
    "",
    "| event | when |",
    "|---|---|",
    "| `change` | Another tab of the site, or the person in Holdall, wrote: `items` are keys, `files` are paths. Other devices are not told of, nor what happened while the browser had put Holdall to sleep: read again when your page becomes visible. |",
    "| `disconnect` | The person ended or paused the connection, or signed out: `reason` is `revoked`, `paused` or `signed-out`. Whoever signs in next may be somebody else: your page then gets `signed-out` with `detail` `person` until it is reloaded, or the first one is back. |",
    "| `expired` | The time that the person gave is over. |",
    "",
    "## Types",
    "",
    "```ts",
    types.trim(),
    "```",
  ].join("\n")}\n`;
}

const anchor = (name: string) => name.replace(".", "").toLowerCase();
const count = (number: number) => number.toLocaleString("en");
const row = (what: string, much: string) => `| ${what} | ${much} |`;
const cell = (text: string) => text.replaceAll("|", "\\|");

function needs(name: string, { needs }: Method): string {
  if (name === "items.batch") return "items: read for each `get`, items: write for each `put` and `delete`";
  return needs === null ? "a connection" : `${needs.what}: ${needs.access}`;
}

function section(name: string, method: Method): string[] {
  const params = describeParams(method.params);
  const errors = [...always, ...ownErrors(name, method, params)].map((code) => `\`${code}\``);
  return [
    "",
    `### ${name}`,
    "",
    method.about,
    "",
    ...(params.length === 0
      ? ["No parameters."]
      : ["| parameter | type | limits |", "|---|---|---|", ...params.map(paramRow)]),
    "",
    `Answers \`${method.answer}\`. Needs ${needs(name, method)}. Errors: ${errors.join(", ")}.`,
  ];
}

function paramRow({ name, optional, type, limits }: Described): string {
  return `| \`${name}\`${optional ? " (optional)" : ""} | \`${cell(type)}\` | ${cell(limits)} |`;
}

function ownErrors(name: string, { needs }: Method, params: Described[]): SiteErrorCode[] {
  return [
    ...(needs?.access === "write" || name === "items.batch" ? (["too-large"] as const) : []),
    ...(params.some((param) => param.name === "ifMatch") || name === "items.batch" ? (["conflict"] as const) : []),
    ...(name === "files.get" ? (["not-found"] as const) : []),
  ];
}
