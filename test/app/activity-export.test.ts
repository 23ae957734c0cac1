import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv, toJson } from "../../src/app/activity/export-entries.ts";
import { entry } from "../ui/harness/activity-fixtures.ts";

/** RFC 4180, as strict as its grammar. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let rest = csv;
  while (rest !== "") {
    const row: string[] = [];
    for (;;) {
      const [whole = "", quoted, plain = ""] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? [];
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      rest = rest.slice(whole.length);
      if (!rest.startsWith(",")) break;
      rest = rest.slice(1);
    }
    expect(rest.slice(0, 2)).toBe("\r\n");
    rest = rest.slice(2);
    rows.push(row);
  }
  return rows;
}

const nasty = fc.oneof(
  fc.string(),
  fc.constantFrom("=", "+", "-", "@", "\t=", "\r=").chain((first) => fc.string().map((text) => first + text)),
);

test("whatever a server calls itself or a request: no cell is a formula, and all comes back", () => {
  fc.assert(
    fc.property(nasty, nasty, (host, requestId) => {
      const [, row] = parse(toCsv([entry(1, 0, "s3", "PutObject", { host, requestId })]));
      for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      const [written = "", id = ""] = [row?.[4], row?.[11]];
      expect(written === host || written === `'${host}`).toBe(true);
      expect(id === requestId || id === `'${requestId}`).toBe(true);
    }),
  );
});

test("times are those of ISO 8601, and what is not known is left out", () => {
  const one = entry(7, 0, "issuer", "token", { sent: null, status: 0 });
  expect(parse(toCsv([one]))[1]?.slice(0, 7)).toEqual([
    ...["7", "2026-11-03T09:41:00.000Z", "", "issuer", "login.acme.example", "token", "0"],
  ]);
  expect(JSON.parse(toJson([one]))).toEqual([{ ...one, at: "2026-11-03T09:41:00.000Z" }]);
});
