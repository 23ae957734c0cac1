import { domainToASCII } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostLook } from "../../src/sites/look-alike.ts";
import { toUnicode } from "../../src/sites/punycode.ts";

const look = (host: string) => hostLook(domainToASCII(host) || host);

describe("a host's own script", () => {
  test.each([
    "münchen.example",
    "例え.example",
    "правда.example",
    "παράδειγμα.example",
    "a-ß.example",
    "한국-kr.example",
  ])("%s", (host) => {
    expect(look(host)).toEqual({ unicodeHost: host, lookAlike: false });
  });

  test("is what the platform encoded", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."abcxyz0189äöüßéñжщыэюλπσ例日本語한국ไทย𠀀"),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 3 }), (labels) => {
        const host = `${labels.join(".")}.example`;
        const ascii = domainToASCII(host);
        fc.pre(ascii !== "" && ascii !== host);
        expect(toUnicode(ascii)).toBe(host.normalize("NFC"));
      }),
    );
  });

  test("stays ASCII where a label is none; no label makes it throw", () => {
    for (const host of ["xn--.example", "xn--bank-.example"]) expect(toUnicode(host)).toBe(host);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcz019-_é"), maxLength: 60 }), (rest) => {
        const { unicodeHost } = hostLook(`xn--${rest}.example`);
        expect(unicodeHost === null || unicodeHost.endsWith(".example")).toBe(true);
      }),
    );
  });
});

describe("a look-alike", () => {
  test.each([
    ["Cyrillic alone", "аррӏе.example"],
    ["one Cyrillic letter among Latin ones", "gооgle.example"],
    ["Greek among Latin", "gοοgle.example"],
    ["Latin among Cherokee", "xn--a-2xs.example"],
    ["Latin letters of phonetics", "ɡoogle.example"],
    ["no dot", "ıcloud.example"],
    ["Greek among Cyrillic", "жλ.example"],
    ["a mark on its neighbour", "xn--o-ecb.example"],
    ["in any label", "аррӏе.shop.example"],
  ])("%s", (_, host) => {
    expect(look(host)).toMatchObject({ unicodeHost: expect.any(String), lookAlike: true });
  });

  test("one foreign letter within a Latin label is always told", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, fc.constantFrom(..."аеорсухԁжνολաᏀ"), word, (before, letter, after) => {
        const ascii = domainToASCII(`${before}${letter}${after}.example`);
        fc.pre(ascii.startsWith("xn--"));
        expect(hostLook(ascii).lookAlike).toBe(true);
      }),
    );
  });

  test("is no host of plain ASCII", () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        fc.pre(!host.includes("xn--"));
        expect(hostLook(host)).toEqual({ unicodeHost: null, lookAlike: false });
      }),
    );
  });
});
