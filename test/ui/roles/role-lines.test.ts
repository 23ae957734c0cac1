import fc from "fast-check";
import { expect, test } from "vitest";
import type { RoleApplication } from "../../../src/messaging/session-protocol.ts";
import { roleLines } from "../../../src/ui/roles/role-lines.ts";
import { shortRole } from "../../../src/ui/roles/short-role.ts";

const arn = (path: string) => `arn:aws:iam::123456789012:role/${path}`;
const applications: RoleApplication[] = [
  { name: "Archive", roles: [{ name: "Reader", arn: arn("team/archive-reader"), description: "Looks only" }] },
  { name: "", roles: [{ name: "Reader 12", arn: arn("other"), description: null }] },
];
const found = (query: string) =>
  roleLines(applications, query).flatMap((line) => ("role" in line ? line.role.arn : []));

test("words are looked for in name, description, path and application; a few digits not in the account", () => {
  expect(found("")).toEqual([arn("team/archive-reader"), arn("other")]);
  expect(found("READER archive")).toEqual([arn("team/archive-reader")]);
  expect(found("looks team/")).toEqual([arn("team/archive-reader")]);
  expect(found("12")).toEqual([arn("other")]);
  expect(found("123456789012")).toHaveLength(2);
  expect(found("nobody")).toEqual([]);
});

test("an application without a name, or with nothing found, has no heading", () => {
  const headings = (query: string) =>
    roleLines(applications, query).flatMap((line) => ("heading" in line ? line.heading : []));
  expect(headings("")).toEqual(["Archive"]);
  expect(headings("other")).toEqual([]);
});

test("the short name of a role is what follows its path", () => {
  expect([shortRole(arn("a/b/c")), shortRole(arn("c"))]).toEqual(["c", "c"]);
});

const role = fc.record({
  name: fc.string({ minLength: 1, maxLength: 60 }),
  arn: fc.string({ minLength: 1, maxLength: 20 }).map(arn),
  description: fc.option(fc.string(), { nil: null }),
});
const anything = fc.array(fc.record({ name: fc.string(), roles: fc.array(role, { maxLength: 6 }) }), { maxLength: 6 });

test("lines follow each other without a gap, roles are counted through, and a name finds its role", () => {
  fc.assert(
    fc.property(anything, fc.string(), (groups, query) => {
      let top = 0;
      let index = 0;
      for (const line of roleLines(groups, query)) {
        expect(line.top).toBe(top);
        top += line.height;
        if ("role" in line) expect(line.index).toBe(index++);
      }
      for (const { roles } of groups) {
        for (const one of roles) {
          const names = roleLines(groups, one.name).flatMap((line) => ("role" in line ? line.role.name : []));
          expect(names).toContain(one.name);
        }
      }
    }),
  );
});
