import type { SetupSettings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

/** What people see of a profile. */
export interface ProfileLook {
  /** 1–60 characters. */
  name: string;
  /** `#rrggbb` */
  colour: string;
}

/**
 * Name and colour of the profile as typed, or by default the table's name, and blue.
 *
 * @throws {SettingsError} `setup/name`, `setup/colour`
 */
export function profileLook(
  settings: Pick<SetupSettings, "table">,
  { name, colour }: { name?: string | undefined; colour?: string | undefined } = {},
): ProfileLook {
  const look = { name: name ?? settings.table.slice(0, 60), colour: colour ?? "#3b5bdb" };
  // As in a profile, which leaves out what turns a line round or is not seen.
  if (
    !/^(?=.*\S)[^\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{1,60}$/u.test(
      look.name,
    )
  ) {
    throw new SettingsError("setup/name", "The profile's name has 1–60 characters, all of them printable.");
  }
  if (!/^#[\da-f]{6}$/i.test(look.colour)) {
    throw new SettingsError("setup/colour", "The profile's colour is written like #3b5bdb.");
  }
  return look;
}
