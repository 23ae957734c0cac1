import fc from "fast-check";
import { expect, test } from "vitest";
import { readDirectory } from "../../src/auth/read-directory.ts";
import type { RoleApplication } from "../../src/messaging/session-protocol.ts";
import type { RoleDirectory } from "../../src/shared/profile.ts";

const directory: RoleDirectory = {
  kind: "directory",
  url: "https://roles.example.com/mine",
  audience: "https://roles.example.com",
  parameter: "resource",
};
const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

test("whatever a role directory answers: roles that can be shown, or an error with a code", async () => {
  const name = fc.oneof(fc.string({ unit: "binary" }), fc.constant("\u202e"), fc.integer());
  const role = fc.record(
    {
      arn: fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,8}$/).map(arn)),
      name,
      description: fc.oneof(name, fc.constant(null)),
    },
    { requiredKeys: [] },
  );
  const application = fc.record({ name, roles: fc.array(role, { maxLength: 4 }) }, { requiredKeys: [] });
  const given = fc.oneof(
    fc.json(),
    fc.record({ holdall: fc.constantFrom(1, 1, 1, 2), applications: fc.array(application, { maxLength: 3 }) }),
  );
  await fc.assert(
    fc.asyncProperty(given, async (value) => {
      const body = typeof value === "string" ? value : JSON.stringify(value);
      const deps = { fetch: async () => new Response(body), online: () => true };
      const told: RoleApplication[] | Error = await readDirectory(
        directory,
        "token",
        deps,
        new AbortController().signal,
      ).catch((error) => error);
      if (told instanceof Error) {
        expect(told).toMatchObject({ code: expect.stringMatching(/^(?:directory|no)-/) });
        return;
      }
      const roles = told.flatMap((group) => group.roles);
      expect(roles.length).toBeGreaterThan(0);
      expect(new Set(roles.map((each) => each.arn)).size).toBe(roles.length);
      for (const each of roles) {
        expect(each.arn).toMatch(/^arn:aws[a-z-]*:iam::\d{12}:role\//);
        expect(each.name).toMatch(/\S/);
        expect(`${each.name}${each.description}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 500 },
  );
});
