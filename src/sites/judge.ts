/** What a request is, and whether the grant covers it. */
import * as v from "valibot";
import { type SiteMethod, siteMethods } from "../messaging/site-methods.ts";
import { atLeast } from "../shared/site/site-access.ts";
import type { SiteGrant } from "../shared/site/site-grant.ts";
import type { StorageMethod } from "./run-method.ts";
import { SiteProblem } from "./site-problem.ts";

/** Sort keys that Holdall keeps to itself. */
export const reservedKeys = "holdall#";

export function methodOf(name: unknown): SiteMethod {
  if (typeof name === "string" && Object.hasOwn(siteMethods, name)) return name as SiteMethod;
  throw new SiteProblem("invalid", "There is no such method.", { detail: "method" });
}

/** @throws SiteProblem `invalid`, with the place as `detail` */
export function paramsOf(method: SiteMethod, input: unknown): unknown {
  const parsed = v.safeParse(siteMethods[method].params, input);
  if (parsed.success && !Array.isArray(input)) return parsed.output;
  const detail = parsed.success ? "params" : (v.getDotPath(parsed.issues[0]) ?? "params");
  throw new SiteProblem("invalid", "The request is not of the method's form.", { detail });
}

/** @throws SiteProblem `refused` */
export function judge(method: StorageMethod, params: unknown, grant: SiteGrant): void {
  const { needs } = siteMethods[method];
  const has = grant[needs.what];
  if (!atLeast(has, needs.access)) {
    throw new SiteProblem("refused", `The person has not allowed to ${needs.access} ${needs.what}.`);
  }
  const name = nameOf(params);
  if (needs.what === "items" && method !== "items.query" && name.startsWith(reservedKeys)) {
    throw new SiteProblem("refused", "Keys that begin with holdall# are Holdall's own.");
  }
}

export function nameOf(params: unknown): string {
  const { key, path, prefix } = params as { key?: string; path?: string; prefix?: string };
  return key ?? path ?? prefix ?? "";
}

/** Whether everything that `before` lets happen may go on under `after`. */
export function widens(before: SiteGrant, after: SiteGrant): boolean {
  return (
    atLeast(after.files, before.files) &&
    atLeast(after.items, before.items) &&
    after.folder === before.folder &&
    after.ownItems === before.ownItems &&
    (after.until === null || (before.until !== null && after.until >= before.until)) &&
    (!after.paused || before.paused)
  );
}

export function permissionsOf(grant: SiteGrant, person: string): object {
  const { files, items, until, limits, folder, ownItems } = grant;
  return { person, files, items, until, limits, ownArea: { files: folder === null, items: !ownItems } };
}
