import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkIdentity,
  checkSortKey,
  existingKey,
  folderPrefix,
  isReservedSortKey,
  objectKey,
  pathOfKey,
} from "../../src/aws/keys.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";

const identity = "local|alice-7f3a";

function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof HoldallError) return error.code;
    throw error;
  }
}

/** Texts made of what URL parsers, XML and S3 treat in a special way, and of anything else. */
const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "/",
        "//",
        ".",
        "..",
        "%2e",
        "%2F",
        "\\",
        "?",
        "#",
        "@",
        ":",
        " ",
        "\t",
        "\n",
        "\0",
        "\u007f",
        "\u0085",
      ),
      fc.constantFrom(
        "\ud800",
        "\udfff",
        "\u202e",
        "\ufeff",
        "é",
        "e\u0301",
        "\u{1f600}",
        "שלום",
        "a",
        "＼",
        "．．",
        "／",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** As the SDK writes it and RFC 3986 wants it. */
function urlOf(key: string): URL {
  const encoded = key.split("/").map((segment) => encodeURIComponent(segment));
  return new URL(`https://bucket.s3.eu-central-1.amazonaws.com/${encoded.join("/")}`);
}

describe("objectKey", () => {
  it("never leaves the folder of the identity, whatever a URL parser makes of it", () => {
    fc.assert(
      fc.property(nastyText, (path) => {
        let key: string;
        try {
          key = objectKey(identity, path);
        } catch (error) {
          expect(error).toBeInstanceOf(HoldallError);
          return;
        }
        const { pathname, search, hash } = urlOf(key);
        expect(search + hash).toBe("");
        expect(decodeURIComponent(pathname)).toBe(`/${identity}/${path}`);
        expect(key.split("/")[0]).toBe(identity);
        expect(key.split("/")).not.toContain("..");
        expect(pathOfKey(identity, key)).toBe(path);
        expect(new TextEncoder().encode(key).length).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["", "name-empty"],
    ["a//b", "name-empty"],
    ["a/", "name-empty"],
    ["/a", "name-leading-slash"],
    [".", "name-dot-segment"],
    ["../bob/a", "name-dot-segment"],
    ["a/./b", "name-dot-segment"],
    ["a/..", "name-dot-segment"],
    ["a\u0000b", "name-control-character"],
    ["a\nb", "name-control-character"],
    ["a\u0085b", "name-control-character"],
    ["a\ud800b", "name-malformed"],
    ["\udc00", "name-malformed"],
    ["x".repeat(1024), "name-too-long"],
    ["\u{1f600}".repeat(252), "name-too-long"],
  ])("refuses %j with %s", (path, code) => {
    expect(codeOf(() => objectKey(identity, path))).toBe(code);
  });

  it.each(["...", ".a", "a..", "%2e%2e", "a b", "e\u0301", "é", "שלום", "\u{1f468}\u200d\u{1f469}", "\\..\\", "a#b?c"])(
    "takes %j as it is",
    (path) => {
      expect(objectKey(identity, path)).toBe(`${identity}/${path}`);
    },
  );

  it("takes exactly 1,024 bytes", () => {
    const room = 1024 - identity.length - 1;
    const longest = "ü".repeat(room / 2) + "a".repeat(room % 2);
    expect(codeOf(() => objectKey(identity, longest))).toBeNull();
    expect(codeOf(() => objectKey(identity, `${longest}a`))).toBe("name-too-long");
  });

  it("keeps composed and decomposed names apart", () => {
    expect(objectKey(identity, "é")).not.toBe(objectKey(identity, "e\u0301"));
  });
});

describe("other keys", () => {
  it("reaches what other tools named, but not outside", () => {
    expect(existingKey(identity, "a//b/")).toBe(`${identity}/a//b/`);
    expect(codeOf(() => existingKey(identity, ""))).toBe("name-empty");
    expect(codeOf(() => existingKey(identity, "a/../../bob/x"))).toBe("name-dot-segment");
  });

  it("lists with the slash after the identity", () => {
    expect(folderPrefix(identity, "")).toBe(`${identity}/`);
    expect(folderPrefix(identity, "a/")).toBe(`${identity}/a/`);
    expect(codeOf(() => folderPrefix(identity, "../"))).toBe("name-dot-segment");
    expect(codeOf(() => folderPrefix(identity, "/"))).toBe("name-leading-slash");
  });

  it("takes no key of another folder for one of this", () => {
    for (const key of [`${identity}2/a`, "local|bob/a", identity]) {
      expect(codeOf(() => pathOfKey(identity, key))).toBe("internal");
    }
  });
});

describe("checkIdentity", () => {
  it.each([
    "",
    ".",
    "..",
    "alice/apps",
    "alice#app#x",
    "*",
    "a?b",
    "a\u0024{*}",
    "a$",
    "a\nb",
    "a\u0000",
    "\ud800",
    "x".repeat(256),
  ])("refuses %j", (id) => {
    expect(codeOf(() => checkIdentity(id))).toBe("identity-refused");
    expect(codeOf(() => objectKey(id, "a"))).toBe("identity-refused");
    expect(codeOf(() => folderPrefix(id, ""))).toBe("identity-refused");
    expect(codeOf(() => pathOfKey(id, `${id}/a`))).toBe("identity-refused");
  });

  it.each([
    "local|alice-7f3a",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "eu-central-1:0f-1",
    "alice@example.com",
    "...",
    "a b",
    "äöü",
  ])("takes %j", (id) => {
    expect(codeOf(() => checkIdentity(id))).toBeNull();
  });
});

describe("sort keys", () => {
  it("takes 1 to 1,024 bytes", () => {
    expect(codeOf(() => checkSortKey(""))).toBe("item-key-empty");
    expect(codeOf(() => checkSortKey("a"))).toBeNull();
    expect(codeOf(() => checkSortKey("ü".repeat(512)))).toBeNull();
    expect(codeOf(() => checkSortKey("ü".repeat(513)))).toBe("item-key-too-long");
    expect(codeOf(() => checkSortKey("a\udc00"))).toBe("item-invalid");
    expect(codeOf(() => checkSortKey("../\u0000/"))).toBeNull();
  });

  it("knows Holdall's own", () => {
    expect(isReservedSortKey("holdall#capture#1")).toBe(true);
    expect(isReservedSortKey("holdall")).toBe(false);
  });
});
