import { HoldallError } from "../../shared/holdall-error.ts";
import type { DoctorWorld } from "../doctor-world.ts";

/**
 * A GET to the identity provider, past every cache, without cookies; redirects are not followed.
 * @throws HoldallError `issuer-unreachable`, `timeout`, `offline`, `permission-needed`
 */
export async function askProvider(
  { deps: { fetch: send, online, profile } }: Pick<DoctorWorld, "deps">,
  url: string,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await send(url, { signal, redirect: "manual", cache: "no-store", credentials: "omit" });
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    if (!online()) throw new HoldallError("offline");
    if (signal.aborted) throw new HoldallError("timeout", { subs: [new URL(url).host], service: "issuer" }, { cause });
    throw new HoldallError("issuer-unreachable", { subs: [profile.issuer], service: "issuer" }, { cause });
  }
}

/** The JSON object that an answer is; null for anything else. */
export async function jsonObject(response: Response): Promise<Record<string, unknown> | null> {
  const value: unknown = await response.json().catch(() => null);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** The texts of a list in a document of the provider; null when there is no list. */
export function texts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}
