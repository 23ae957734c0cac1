/** What is selected in this frame, as Markdown and as text. */
import type { Selected, SelectionCalls } from "../shared/page-calls.ts";
import { answerCalls } from "./answer-calls.ts";
import { copyRange } from "./copy-range.ts";
import { selectedField, selectedRanges } from "./selected-ranges.ts";
import { toMarkdown } from "./to-markdown.ts";

answerCalls("inject-selection.js", { read } satisfies SelectionCalls);

function read(): Selected {
  const field = selectedField();
  if (field !== null) return { markdown: field, text: field };
  const { ranges, text } = selectedRanges();
  const parts = ranges.map((range) => toMarkdown(copyRange(range))).filter((part) => part !== "");
  return { markdown: parts.join("\n\n"), text };
}
