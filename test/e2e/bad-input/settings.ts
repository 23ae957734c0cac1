/** What a person may paste or pick where a profile is expected. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Profile } from "../../../src/shared/profile.ts";
import { textOf } from "../../support/texts.ts";
import { type ExpectedError, goTo, picture, type Stage, seesError, seesRest } from "./stage.ts";

interface TextCase {
  what: string;
  text(good: Profile): string;
  error: ExpectedError;
}

const json = (value: object) => JSON.stringify(value, null, 2);

const CASES: TextCase[] = [
  {
    what: "something else from the clipboard",
    text: () => "Hello,\nhere is your profile:",
    error: { code: "profile-not-json", subs: ["line 1, column 1"] },
  },
  {
    what: "a profile that was cut off",
    text: () => '{\n  "holdall": 1,\n  "name": "Loc',
    error: { code: "profile-not-json", subs: ["line 3, column 11"] },
  },
  {
    what: "a newer format",
    text: (good) => json({ ...good, holdall: 3 }),
    error: { code: "profile-version", subs: ["3"] },
  },
  {
    what: "an issuer without TLS",
    text: (good) => json({ ...good, issuer: "http://login.example.com/" }),
    error: { code: "issuer-insecure", subs: ["http://login.example.com/"] },
  },
  {
    what: "a name that would change every object",
    text: (good) => json(good).replace("{", '{ "__proto__": { "issuer": "https://evil.example" },'),
    error: { code: "profile-invalid", subs: ["__proto__", "is not a field of a profile"] },
  },
  {
    what: "no table",
    text: ({ table: _, ...rest }) => json(rest),
    error: { code: "profile-invalid", subs: ["table", "is missing"] },
  },
  {
    what: "a user's ARN in place of a role's",
    text: (good) =>
      json({
        ...good,
        credentials: { kind: "webIdentity", role: { kind: "fixed", arn: "arn:aws:iam::111122223333:user/x" } },
      }),
    error: {
      code: "profile-invalid",
      subs: ["credentials.role.arn", "must be a role's ARN such as arn:aws:iam::123456789012:role/holdall"],
    },
  },
  {
    what: "a list",
    text: (good) => json([good]),
    error: { code: "profile-invalid", subs: ["profile", "must be one JSON object"] },
  },
];

export function settingsTests(stage: () => Stage): void {
  test.each(CASES)("in place of a profile, $what is refused and stays in the field", async ({ what, text, error }) => {
    const { app, world } = stage();
    const pasted = text(world.aws.profile);
    await goTo(stage(), "/settings");
    await goTo(stage(), "/import");
    await app.paste(textOf("import_field"), pasted);
    await app.click(textOf("profile_check"));
    await seesError(stage(), error);
    await seesRest(stage());
    expect(await app.value(textOf("import_field"))).toBe(pasted);
    await picture(stage(), `settings ${what}`);
  });

  test("a picture that was picked in place of a profile is no profile", async () => {
    const { app } = stage();
    const folder = await mkdtemp(join(tmpdir(), "holdall-picked-"));
    const path = join(folder, "holiday.json");
    await writeFile(path, Buffer.alloc(3_000_000, 0xff));
    await goTo(stage(), "/settings");
    await goTo(stage(), "/import");
    await app.pick(textOf("profile_file"), path);
    await seesError(stage(), { code: "profile-not-json", subs: ["line 1, column 1"] });
    await rm(folder, { recursive: true });
    await app.paste(textOf("import_field"), "");
  });
}
