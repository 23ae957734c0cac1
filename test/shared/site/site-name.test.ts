import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { siteName } from "../../../src/shared/site/site-name.ts";

describe("the name of an origin in keys", () => {
  test.each([
    ["https://notes.example", "https_notes.example"],
    ["https://notes.example:8443", "https_notes.example_p8443"],
    ["http://localhost:5173", "http_localhost_p5173"],
    ["http://[::1]:80", null],
    ["http://[::1]:8080", "http__5b_3a_3a1_5d_p8080"],
    ["https://a_b.example", "https_a_5fb.example"],
    ["https://xn--80ak6aa92e.com", "https_xn--80ak6aa92e.com"],
  ])("%s is %s", (origin, name) => expect(siteName(origin)).toBe(name));

  test.each([
    "null",
    "",
    "file:///home",
    "http://notes.example",
    "ftp://notes.example",
    "https://notes.example/",
    "https://NOTES.example",
    "https://notes.example:443",
    "https://user@notes.example",
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "data:text/html,x",
    "blob:https://notes.example",
  ])("%s has none", (origin) => expect(siteName(origin)).toBeNull());

  test("is shared by no two origins, and holds nothing that a key or a policy gives a meaning to", () => {
    const label = fc.stringMatching(/^[a-z0-9_][a-z0-9_-]{0,8}$/);
    const origin = fc
      .tuple(
        fc.constantFrom("https", "http"),
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.option(fc.nat(65535)),
      )
      .map(([scheme, labels, port]) => `${scheme}://${labels.join(".")}${port === null ? "" : `:${port}`}`)
      .filter((text) => URL.canParse(text))
      .map((text) => new URL(text).origin);
    fc.assert(
      fc.property(origin, origin, (a, b) => {
        const [one, two] = [siteName(a), siteName(b)];
        if (one !== null) expect(one).toMatch(/^[a-z0-9_.-]+$/);
        if (one !== null && two !== null) expect(one === two).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });
});
