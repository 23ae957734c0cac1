import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { readDirectory } from "../../src/auth/read-directory.ts";
import { sessionName } from "../../src/auth/session-name.ts";
import { checkProfile } from "../../src/profiles/check-profile.ts";
import { readPolicy } from "../../src/profiles/read-policy.ts";
import { parseArguments } from "../../src/setup/cli-arguments.ts";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { redirectUrls } from "../../src/shared/redirect-urls.ts";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "docs"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path.endsWith(".md"));
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** What the pages show as whole JSON documents. */
const shown = pages.flatMap((page) =>
  [...text(page).matchAll(/^```json\n([\s\S]*?)^```$/gm)]
    .map(([, json = ""]) => json)
    .filter((json) => /^[{[]/.test(json))
    .map((json) => ({ page, value: JSON.parse(json) as Record<string, unknown> })),
);
const withKey = (key: string) => shown.filter(({ value }) => key in value);

test("the profiles that the pages show are good ones", () => {
  const profiles = shown.filter(({ value }) => value.holdall === 2);
  expect(profiles.length).toBeGreaterThan(1);
  for (const { value } of profiles) expect(checkProfile(value)).toMatchObject({ name: value.name });
});

test("so are the ways to credentials", () => {
  const whole = shown.find(({ page, value }) => page === "docs/profile.md" && value.holdall === 2)?.value;
  const parts = withKey("kind").map(({ value }) =>
    value.kind === "list" || value.kind === "directory" ? { kind: "webIdentity", role: value } : value,
  );
  expect(parts.map(({ kind }) => kind)).toContain("identityPool");
  for (const credentials of parts) expect(checkProfile({ ...whole, credentials })).toMatchObject({ credentials });
});

test("the policy of the roll-out page has no fault", async () => {
  const [policy] = withKey("profiles");
  const { problems, profiles, active } = await readPolicy(policy?.value ?? {});
  expect(problems).toEqual([]);
  expect(active).toBe(profiles[0]?.id);
});

test("the directory's answer is one that Holdall takes", async () => {
  const [answer] = withKey("applications");
  const directory = {
    kind: "directory",
    url: "https://roles.example.com/mine",
    audience: "a",
    parameter: "none",
  } as const;
  const fetch = async () => new Response(JSON.stringify(answer?.value));
  const roles = await readDirectory(directory, "token", { fetch, online: () => true }, new AbortController().signal);
  expect(roles.map(({ name }) => name)).toEqual(["Billing"]);
});

test("the session name in the audit page is the one that Holdall gives", async () => {
  const [, subject = ""] = /printf %s '([^']+)' \| sha256sum/.exec(text("docs/admin/audit.md")) ?? [];
  expect(subject).not.toBe("");
  expect(text("docs/admin/audit.md")).toContain(await sessionName(subject));
});

test("every redirect URL in the pages is one of the extension's", () => {
  const all = pages.flatMap(
    (page) => text(page).match(/https:\/\/[a-z0-9]+\.(?:chromiumapp|extensions\.allizom)\.org\/?/g) ?? [],
  );
  expect(new Set(all)).toEqual(new Set(Object.values(redirectUrls)));
});

test("setup takes every command line that the pages show", () => {
  const lines = ["README.md", ...pages].flatMap((page) =>
    [
      ...text(page)
        .replaceAll("\\\n", " ")
        .matchAll(/^ *npm run (?:--silent )?setup -- (.+)$/gm),
    ].map(([, line = ""]) => line),
  );
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [command = ""] = line.split(">");
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const { input, format } = parseArguments(words);
    expect(parseSettings(input)).toMatchObject({ issuer: input.issuer });
    expect(format).toMatch(/^(?:cloudformation|json)$/);
  }
});
