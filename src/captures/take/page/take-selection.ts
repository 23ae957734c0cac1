import { onlyAnswer, type withPageScript } from "../../../platform/page-script.ts";
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { Selected, SelectionCalls } from "../../../shared/page-calls.ts";
import type { TakeInput, Taken } from "../../taken.ts";
import { sourceLine } from "./source-line.ts";
import { textFile } from "./text-file.ts";

export interface SelectionDeps {
  withPageScript: typeof withPageScript;
}

const script = "inject-selection.js";

/**
 * The selection as Markdown or text. Where scripts may not run: the text that the browser itself reported.
 * @throws HoldallError `capture-nothing-selected`, `capture-page-closed`
 */
export async function takeSelection(input: TakeInput, deps: SelectionDeps): Promise<Taken> {
  const selected = await readOrText(input, deps);
  if (selected.text.trim() === "" && selected.markdown.trim() === "")
    throw new HoldallError("capture-nothing-selected");
  // A selected picture has no text, so nothing but Markdown can hold it.
  if (input.selection === "text" && selected.text.trim() !== "") {
    return await textFile([selected.text], "text/plain", "txt");
  }
  return await textFile([sourceLine(input.page), "\n\n", selected.markdown, "\n"], "text/markdown", "md");
}

async function readOrText(input: TakeInput, deps: SelectionDeps): Promise<Selected> {
  const text = input.text ?? "";
  try {
    if (input.tab === null) throw new HoldallError("capture-page-closed");
    const selected = await read(input.tab, deps);
    // The browser's viewer of PDF files is a page without text of its own.
    return isEmpty(selected) ? { markdown: text, text } : selected;
  } catch (error) {
    if (text.trim() === "") throw error;
    return { markdown: text, text };
  }
}

async function read({ id: tab, frame }: { id: number; frame: number }, deps: SelectionDeps): Promise<Selected> {
  const own = await deps.withPageScript<SelectionCalls, Selected>({ tab, frame }, script, async (call) =>
    onlyAnswer(await call("read")),
  );
  if (!isEmpty(own) || frame !== 0) return own;
  // A keyboard shortcut and the popup say nothing of the frame.
  const all = await deps
    .withPageScript<SelectionCalls, (Selected | null)[]>({ tab, frame: "all" }, script, (call) => call("read"))
    .catch(() => []);
  return all.find((selected) => selected !== null && !isEmpty(selected)) ?? own;
}

const isEmpty = ({ markdown, text }: Selected) => `${markdown}${text}`.trim() === "";
