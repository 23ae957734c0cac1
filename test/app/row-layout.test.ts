import "../ui/fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { groupOf } from "../../src/app/transfers/row-group.ts";
import { layOut } from "../../src/app/transfers/row-layout.ts";
import type { TransferView } from "../../src/messaging/view.ts";
import { linesBetween } from "../../src/ui/lines-between.ts";
import { transfer } from "../ui/harness/transfer-fixtures.ts";

const states = ["failed", "running", "waiting", "queued", "done"] as const;
const rowsOf = (counts: number[]) =>
  states.flatMap((state, kind) =>
    Array.from({ length: counts[kind] ?? 0 }, (_, index): TransferView => transfer(`${state}${index}`, { state })),
  );
const counts = fc.array(fc.nat({ max: 30 }), { minLength: 5, maxLength: 5 });

test("lines follow each other without gap or overlap, one per row and one heading per group", () => {
  fc.assert(
    fc.property(counts, fc.nat({ max: 50 }), fc.boolean(), (many, unloaded, narrow) => {
      const rows = rowsOf(many);
      const { lines, height } = layOut(rows, rows.length + unloaded, narrow);
      let top = 0;
      for (const line of lines) {
        expect(line.top).toBe(top);
        top += line.height;
      }
      expect(top).toBe(height);
      expect(lines.filter((line) => "index" in line)).toHaveLength(rows.length + unloaded);
      expect(lines.filter((line) => "heading" in line)).toHaveLength(new Set(rows.map(groupOf)).size);
    }),
  );
});

test("every line in sight is among those between", () => {
  fc.assert(
    fc.property(counts, fc.nat({ max: 9000 }), fc.integer({ min: 1, max: 900 }), (many, from, height) => {
      const { lines } = layOut(rowsOf(many), 200, false);
      const shown = linesBetween(lines, from, from + height, 3);
      const inSight = lines.filter((line) => line.top + line.height > from && line.top < from + height);
      for (const line of inSight) expect(shown).toContain(line);
      expect(shown.length).toBeLessThanOrEqual(inSight.length + 8);
    }),
  );
});
