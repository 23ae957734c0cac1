import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderCloudFormation } from "../../src/setup/cloudformation/render-cloudformation.ts";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { renderTerraform } from "../../src/setup/terraform/render-terraform.ts";

/**
 * Administrators' own tools, where they are installed; the schema checks beside this file run everywhere. `terraform validate`
 * needs the provider, and tests fetch nothing: it runs where `TERRAFORM_PLUGIN_DIR` names a folder that has it.
 */
const WAYS = ["webIdentity", "identityPool"].map((credentials) =>
  parseSettings({ issuer: "https://login.example.com/tenant/", clientId: "client-1", credentials }),
);

const environment = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "" };
const run = (command: string, words: string[], input = "") =>
  spawnSync(command, words, { encoding: "utf8", input, env: environment, timeout: 100_000 });
const has = (command: string) => run(command, ["--version"]).status === 0;

describe.skipIf(!has("terraform"))("terraform", () => {
  test.each(WAYS)("fmt has nothing to change: $credentials", (settings) => {
    const text = renderTerraform(settings);
    const { status, stdout } = run("terraform", ["fmt", "-"], text);
    expect([status, stdout]).toEqual([0, text]);
  });

  test("reads every odd text as it was meant", () => {
    const names = ["${", "$${a}", "%{if}", '"', "\\", "$", "%", "ü", "{{", "~}", "#"];
    for (const name of names) {
      const text = renderTerraform(
        parseSettings({ issuer: "https://a.example", clientId: "c", partitionKey: `x${name}` }),
      );
      const line = text.split("\n").find((one) => one.includes("partitionKey =")) ?? "";
      const { stdout } = run("terraform", ["console"], `jsonencode(${line.slice(line.indexOf("=") + 1).trim()})\n`);
      expect(JSON.parse(JSON.parse(stdout))).toBe(`x${name}`);
    }
  }, 60_000);
});

const plugins = process.env.TERRAFORM_PLUGIN_DIR;

describe.skipIf(plugins === undefined)("terraform with the provider", () => {
  test.each(WAYS)(
    "validate finds nothing: $credentials",
    (settings) => {
      const folder = mkdtempSync(join(tmpdir(), "holdall-terraform-"));
      try {
        writeFileSync(join(folder, "main.tf"), renderTerraform(settings));
        const init = run("terraform", [`-chdir=${folder}`, "init", "-input=false", `-plugin-dir=${plugins}`]);
        expect([init.status, init.stderr]).toEqual([0, expect.not.stringContaining("Error")]);
        const { stdout } = run("terraform", [`-chdir=${folder}`, "validate", "-json"]);
        expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    240_000,
  );
});

describe.skipIf(!has("cfn-lint"))("cfn-lint", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "holdall-template-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  // One call: it takes ten seconds to begin.
  test("finds nothing", () => {
    const files = WAYS.map((settings) => {
      const file = join(folder, `${settings.credentials}.json`);
      writeFileSync(file, renderCloudFormation(settings));
      return file;
    });
    const { status, stdout } = run("cfn-lint", ["--", ...files]);
    expect([status, stdout]).toEqual([0, ""]);
  }, 120_000);
});
