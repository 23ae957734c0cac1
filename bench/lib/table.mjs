// @ts-check
import { round } from "./statistics.mjs";

/** @typedef {import("./row.mjs").Row} Row */

/**
 * The rows as a table for a terminal.
 *
 * @param {ReturnType<typeof import("./machine.mjs").machine>} machine
 * @param {Row[]} rows
 */
export function tableOf(machine, rows) {
  const cells = [
    ["", "id", "what", "value", "against", "ratio", "limit"],
    ...rows.map((entry) => [
      entry.ok ? "✓" : "✗",
      entry.id,
      entry.what,
      figureOf(entry),
      entry.against ?? "",
      entry.ratio === null ? "" : `${entry.ratio.toFixed(2)} ×`,
      limitOf(entry),
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}, Node ${machine.node}, load ${machine.load}`,
    "Medians; in brackets the first and third quartile.",
    "",
    ...lines,
  ].join("\n");
}

/** @param {Row} entry */
function figureOf({ value, unit, spread }) {
  if (value === null) return "–";
  return `${round(value)} ${unit}${spread ? ` (${round(spread[0])}–${round(spread[1])})` : ""}`;
}

/** @param {Row} entry */
function limitOf({ limit, limitIs, ratio, unit }) {
  if (limit === null) return "";
  const sign = limitIs === "most" ? "≤" : "≥";
  return ratio === null ? `${sign} ${limit} ${unit}` : `${sign} ${limit} ×`;
}
