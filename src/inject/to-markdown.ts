import TurndownService from "turndown";
import { gfm } from "turndown-plugin-gfm";

/** GitHub's Markdown. The elements may be changed. */
export function toMarkdown(content: HTMLElement): string {
  for (const table of [...content.querySelectorAll("table")].reverse()) prepareTable(table);
  const service = new TurndownService({
    headingStyle: "atx",
    hr: "---",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
  });
  service.use(gfm);
  service.addRule("cell", {
    filter: ["th", "td"],
    replacement: (text, cell) => `${cell.previousElementSibling === null ? "| " : " "}${inOneLine(text)} |`,
  });
  return service.turndown(content).trim();
}

/** A row is a line, and a bar begins the next cell. */
function inOneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, "<br>")
    .replace(/(?<!\\)\|/g, "\\|");
}

/** Markdown's tables have a head; those of HTML may have none, or be there for the layout alone. */
function prepareTable(table: HTMLTableElement): void {
  const [first] = table.rows;
  const columns = Math.max(0, ...[...table.rows].map(({ cells }) => cells.length));
  const forLayout =
    columns < 2 || table.querySelector("table") !== null || table.getAttribute("role") === "presentation";
  if (first === undefined || forLayout) {
    for (const part of [...table.querySelectorAll("caption, thead, tbody, tfoot, tr, td, th"), table])
      intoDivision(part);
    return;
  }
  if (first.parentElement?.tagName === "THEAD" || [...first.cells].every(({ tagName }) => tagName === "TH")) return;
  const head = table.createTHead().insertRow();
  for (let column = 0; column < columns; column++) head.append(table.ownerDocument.createElement("th"));
}

function intoDivision(element: Element): void {
  const division = element.ownerDocument.createElement("div");
  division.append(...element.childNodes);
  element.replaceWith(division);
}
