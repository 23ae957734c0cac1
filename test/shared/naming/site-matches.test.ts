import { describe, expect, it } from "vitest";
import { isSiteRule, siteMatches } from "../../../src/shared/naming/site-matches.ts";

describe("sites of rules", () => {
  it.each([
    ["", "any.test", true],
    ["", "", true],
    ["example.com", "example.com", true],
    ["Example.COM ", "example.com", true],
    ["example.com", "example.com:8443", true],
    ["example.com:8443", "example.com:8443", true],
    ["example.com:8443", "example.com", false],
    ["example.com", "www.example.com", false],
    ["example.com", "notexample.com", false],
    ["*.example.com", "example.com", true],
    ["*.example.com", "a.b.example.com", true],
    ["*.example.com", "a.example.com:81", true],
    ["*.example.com", "notexample.com", false],
    ["*.example.com", "example.com.evil.test", false],
    ["*.bücher.example", "www.xn--bcher-kva.example", true],
    ["[::1]", "[::1]:3000", true],
    ["a b", "a b", false],
    ["*", "a.test", false],
    ["https://example.com", "example.com", false],
  ])("%j, %j: %s", (rule, site, matches) => expect(siteMatches(rule, site)).toBe(matches));

  it("that could match none are told", () => {
    for (const rule of ["", "example.com", "*.example.com", "localhost:3000"]) expect(isSiteRule(rule)).toBe(true);
    for (const rule of ["*", "*.", "a.*.b", "https://a.test", "a/b", "a b", "u@a"])
      expect(isSiteRule(rule)).toBe(false);
  });
});
