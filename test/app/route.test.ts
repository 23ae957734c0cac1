import fc from "fast-check";
import { expect, test } from "vitest";
import { formatRoute, parseRoute, type Route } from "../../src/app/route.ts";

const segment = fc.string({ minLength: 1, unit: "binary" }).filter((text) => !text.includes("/") && isWellFormed(text));
const folder = fc.array(segment, { maxLength: 4 }).map((parts) => parts.map((part) => `${part}/`).join(""));

/** Half a surrogate pair cannot be written in an address. */
function isWellFormed(text: string): boolean {
  return text === Buffer.from(text).toString();
}

const anyRoute: fc.Arbitrary<Route> = fc.oneof(
  folder.map((prefix) => ({ page: "files" as const, prefix, file: null })),
  fc.tuple(folder, segment).map(([prefix, name]) => ({ page: "files" as const, prefix, file: `${prefix}${name}` })),
  fc
    .string({ minLength: 1, unit: "binary" })
    .filter(isWellFormed)
    .map((sortKey) => ({ page: "items" as const, open: { sortKey } })),
  fc
    .string({ minLength: 1, unit: "binary" })
    .filter(isWellFormed)
    .map((open) => ({ page: "captures" as const, open })),
  fc.constantFrom<Route>(
    { page: "captures", open: null },
    { page: "items", open: null },
    { page: "items", open: "new" },
    { page: "sites", open: null },
    { page: "sites", open: "https://notes.example:8443" },
    { page: "activity" },
    { page: "settings" },
    { page: "import", from: null },
  ),
);

test("every route comes back from its address, whatever names hold", () => {
  fc.assert(
    fc.property(anyRoute, (route) => {
      const url = new URL(`https://app.example/app.html${formatRoute(route)}`);
      expect(parseRoute(url.hash)).toEqual(route);
    }),
  );
});

test.each([
  ["", { page: "files", prefix: "", file: null }],
  ["#/files", { page: "files", prefix: "", file: null }],
  ["#/files/", { page: "files", prefix: "", file: null }],
  ["#/files/a/b/", { page: "files", prefix: "a/b/", file: null }],
  ["#/files/a/b.txt", { page: "files", prefix: "a/", file: "a/b.txt" }],
  ["#/items/list%23groceries", { page: "items", open: { sortKey: "list#groceries" } }],
  ["#/items/new", { page: "items", open: { sortKey: "new" } }],
  ["#/items?new", { page: "items", open: "new" }],
  ["#/captures", { page: "captures", open: null }],
  ["#/captures/", { page: "captures", open: null }],
  ["#/captures/01JBQ2X8ZC3N4W9E5T7R6Y1KMA", { page: "captures", open: "01JBQ2X8ZC3N4W9E5T7R6Y1KMA" }],
  ["#/import", { page: "import", from: null }],
  ["#/import?from=https://example.com/a?b=c", { page: "import", from: "https://example.com/a?b=c" }],
  ["#/import?from=https%3A%2F%2Fexample.com", { page: "import", from: "https://example.com" }],
  ["#/nowhere/x", { page: "files", prefix: "", file: null }],
  ["#/files/%E0%A4%A/", { page: "files", prefix: "%E0%A4%A/", file: null }],
])("%s", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});
