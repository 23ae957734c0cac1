import { HoldallError } from "../shared/holdall-error.ts";
import type { Profile } from "../shared/profile.ts";
import { checkProfile } from "./check-profile.ts";
import { jsonErrorAt } from "./json-error-at.ts";

/**
 * A profile from the text of a file or of the clipboard.
 * @throws HoldallError `profile-not-json` with line and column; those of `checkProfile`
 */
export function parseProfile(text: string): Profile {
  // Editors on Windows write a byte order mark, which JSON does not know.
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json, refuseProto);
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    throw new HoldallError("profile-not-json", { subs: [place(json)] });
  }
  return checkProfile(value);
}

/** The text of a profile to share: what `parseProfile` takes back. */
export function profileText(profile: Profile): string {
  return `${JSON.stringify(profile, null, 2)}\n`;
}

/** An own `__proto__` would become the prototype wherever the object is copied by assignment. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new HoldallError("profile-invalid", { subs: [key, "is not a field of a profile"] });
  return value;
}

function place(json: string): string {
  const before = json.slice(0, jsonErrorAt(json) ?? 0);
  const line = before.split("\n").length;
  return `line ${line}, column ${before.length - before.lastIndexOf("\n")}`;
}
