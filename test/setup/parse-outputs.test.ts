import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseProfile } from "../../src/profiles/parse-profile.ts";
import { parseOutputs } from "../../src/setup/parse-outputs.ts";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { setupProfile } from "../../src/setup/setup-profile.ts";

const PROFILE = JSON.stringify(
  setupProfile(parseSettings({ issuer: "https://login.example.com/", clientId: "c", account: "111122223333" })),
);
const OTHER = PROFILE.replace("111122223333", "444455556666");

/** As `aws cloudformation describe-stacks` prints it; outputs that others may have beside it. */
const stack = (profile: string) => ({
  StackId: "arn:aws:cloudformation:eu-central-1:111122223333:stack/holdall/1",
  StackName: "holdall",
  Parameters: [{ ParameterKey: "ProviderExists", ParameterValue: "no" }],
  Outputs: [
    { OutputKey: "Other", OutputValue: "{}" },
    { OutputKey: "Profile", OutputValue: profile, Description: "Paste this into Holdall" },
  ],
});
const terraform = (profile: string) => ({
  bucket: { sensitive: false, type: "string", value: "files" },
  profile: { sensitive: false, type: "string", value: profile },
});

describe("the profile's text is found in", () => {
  test.each<[string, unknown]>([
    ["describe-stacks", { Stacks: [stack(PROFILE)] }],
    ["describe-stacks of several, where one is Holdall's", { Stacks: [{ StackName: "x" }, stack(PROFILE)] }],
    ["one stack", stack(PROFILE)],
    ["a stack's outputs", stack(PROFILE).Outputs],
    ["the list of stacks", [stack(PROFILE)]],
    ["the same stack twice", { Stacks: [stack(PROFILE), stack(PROFILE)] }],
    ["terraform output -json", terraform(PROFILE)],
    ["terraform output -json profile", PROFILE],
  ])("%s", (_name, value) => {
    const found = parseOutputs(`\ufeff ${JSON.stringify(value, null, 4)}\n`);
    expect(found).toBe(PROFILE);
    expect(parseProfile(found)).toEqual(JSON.parse(PROFILE));
  });
});

describe("comes back as it was, for the profile's own errors:", () => {
  test.each<[string, string]>([
    ["a profile", PROFILE],
    ["a profile, indented", JSON.stringify(JSON.parse(PROFILE), null, 2)],
    ["a newer profile", '{"holdall":3}'],
    ["no JSON", `{"holdall":2,`],
    ["nothing", ""],
    ["other JSON", '{"a":1}'],
    ["null", "null"],
    ["a text in quotes that is no profile", '"hello"'],
    ["a stack without outputs", JSON.stringify({ Stacks: [{ StackName: "x" }] })],
    ["an output that is no profile", JSON.stringify({ Stacks: [stack("arn:aws:iam::1:role/x")] })],
    ["two different profiles", JSON.stringify({ Stacks: [stack(PROFILE), stack(OTHER)] })],
    ["a profile that carries outputs", JSON.stringify({ ...JSON.parse(PROFILE), Outputs: stack(OTHER).Outputs })],
    ["outputs in the prototype", '{"__proto__":{"Outputs":[]}}'],
  ])("%s", (_name, text) => {
    expect(parseOutputs(text)).toBe(text);
  });
});

test("no text makes it fail, and what it gives is the text or a profile that was in it", () => {
  const json = fc.oneof(
    fc.json(),
    fc.json().map((text) => JSON.stringify(terraform(text))),
    fc.string(),
  );
  fc.assert(
    fc.property(json, (text) => {
      const found = parseOutputs(text);
      if (found !== text) expect(JSON.parse(found)).toHaveProperty("holdall");
    }),
  );
});
