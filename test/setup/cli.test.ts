import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

function setup(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", "src/setup/cli.ts", ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("prints one JSON object, ready for AWS, and a profile for the extension", () => {
  const { status, stdout, stderr } = setup(
    "--issuer",
    "https://login.example.com/",
    "--client-id=c1",
    "--account",
    "111122223333",
    "--bucket",
    "files-example",
    "--format",
    "json",
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const printed = JSON.parse(stdout);
  expect(Object.keys(printed)).toEqual([
    "settings",
    "provider",
    "identityPool",
    "role",
    "trustPolicy",
    "permissionPolicy",
    "bucket",
    "table",
    "profile",
    "placeholders",
  ]);
  expect(printed.provider).toEqual({
    arn: "arn:aws:iam::111122223333:oidc-provider/login.example.com/",
    url: "https://login.example.com/",
    clientIds: ["c1"],
  });
  expect(printed.profile).toMatchObject({
    holdall: 2,
    issuer: "https://login.example.com/",
    credentials: { kind: "webIdentity", role: { kind: "fixed", arn: printed.role.arn }, durationSeconds: 3600 },
    bucket: { name: "files-example" },
  });
  expect(printed.placeholders).toEqual([]);
});

test("without an account the example's stands in, and both outputs say so", () => {
  const { status, stdout, stderr } = setup("--issuer", "https://login.example.com/", "--client-id", "c1");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ settings: { account: "123456789012" }, placeholders: ["account"] });
  expect(stderr).toContain("--account");
});

describe("what does not fit is said in a sentence, with exit code 2 and nothing on stdout", () => {
  test.each([
    [[], "The issuer is missing"],
    [["--issuer", "https://login.example.com/"], "client id is missing"],
    [["--issuer", "http://login.example.com/", "--client-id", "c"], "must start with https://"],
    [["--issuer", "https://login.example.com/", "--client-id", "c", "--account", "12"], "twelve digits"],
    [["--isuer", "https://login.example.com/"], "There is no option --isuer"],
    [["--issuer"], "--issuer needs a value"],
    [["--issuer", "--client-id", "c"], "--issuer needs a value"],
    [["--issuer", "https://a.example", "--issuer", "https://b.example"], "given twice"],
    [
      ["--issuer", "https://a.example", "--client-id", "c", "--format", "yaml"],
      "The formats are json, cloudformation, terraform",
    ],
    [["--issuer", "https://a.example", "--client-id", "c", "--name", "Bank\u202e"], "printable"],
    [["--issuer", "https://a.example", "--client-id", "c", "--colour", "red"], "written like #3b5bdb"],
    [["--issuer", "https://a.example", "--client-id", "c", "--name", " "], "1–60 characters"],
    [["--issuer", "https://a.example", "--client-id", "c", "--credentials", "pool"], "webIdentity or by identityPool"],
    [
      ["--issuer", "https://a.example", "--client-id", "c", "--credentials", "identity-pool", "--region", "cn-north-1"],
      "take webIdentity there",
    ],
    [
      [
        ...["--issuer", "https://a.example", "--client-id", "c", "--credentials", "identity-pool"],
        ...["--identity-pool-id", "eu-central-1:11111111-2222-3333-4444-555555555555", "--format", "terraform"],
      ],
      "makes the identity pool itself",
    ],
    [["https://a.example"], "is not an option"],
  ])("%j", (words, sentence) => {
    const { status, stdout, stderr } = setup(...words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain("--help");
    expect(stderr).not.toContain("    at ");
  });
});

test("--help lists every option on stderr, and is no fault", () => {
  const { status, stdout, stderr } = setup("--help");
  expect([status, stdout]).toEqual([0, ""]);
  for (const option of ["--issuer", "--credentials", "--format", "--name", "--colour", "--kms-key"]) {
    expect(stderr).toContain(`  ${option} `);
  }
});

const WORDS = ["--issuer", "https://login.example.com/", "--client-id", "c1", "--name", "Büro", "--colour", "#8a4b08"];

test("--format cloudformation prints a template, --format terraform a file, both with the profile's look", () => {
  const stack = setup(...WORDS, "--format", "cloudformation");
  expect([stack.status, stack.stderr]).toEqual([0, ""]);
  const template = JSON.parse(stack.stdout);
  expect(template.Resources.Bucket.Type).toBe("AWS::S3::Bucket");
  expect(JSON.parse(template.Outputs.Profile.Value["Fn::Sub"])).toMatchObject({ name: "Büro", colour: "#8a4b08" });
  const file = setup(...WORDS, "--format=terraform");
  expect([file.status, file.stderr]).toEqual([0, ""]);
  expect(file.stdout).toMatch(/^terraform \{\n/);
  expect(file.stdout).toContain('name     = "Büro"');
});

test("the identity pool's id is a placeholder in the JSON until it is given", () => {
  const pool = [...WORDS, "--account", "111122223333", "--credentials", "identity-pool"];
  const made = setup(...pool);
  expect(JSON.parse(made.stdout).placeholders).toEqual(["identityPoolId"]);
  expect(made.stderr).toContain("--identity-pool-id");
  const id = "eu-central-1:11111111-2222-3333-4444-555555555555";
  const given = setup(...pool, "--identity-pool-id", id);
  expect(given.stderr).toBe("");
  expect(JSON.parse(given.stdout)).toMatchObject({
    placeholders: [],
    profile: { credentials: { identityPoolId: id } },
  });
});

test("an identity pool is asked for in the command line's words", () => {
  const { stdout } = setup(
    "--issuer",
    "https://login.example.com/",
    "--client-id",
    "c1",
    "--credentials",
    "identity-pool",
  );
  expect(JSON.parse(stdout).profile.credentials.kind).toBe("identityPool");
});
