/** Where the selection is: in text, in a shadow tree, or in a field that has one of its own. */

/** The marked part of the text field in use; null when none is in use or nothing of it is marked. */
export function selectedField(): string | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const field = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement ? active : null;
  if (field === null || field.type === "password") return null;
  // null for fields without text, such as a checkbox.
  const { selectionStart, selectionEnd, value } = field;
  if (selectionStart === null || selectionEnd === null || selectionStart === selectionEnd) return null;
  return value.slice(selectionStart, selectionEnd);
}

export function selectedRanges(): { ranges: Range[]; text: string } {
  const selection = [getSelection(), ...shadowSelections()].find(
    (found) => found !== null && rangesOf(found).length > 0,
  );
  if (!selection) return { ranges: [], text: "" };
  const ranges = rangesOf(selection);
  // Firefox writes several ranges one after the other without anything in between.
  const text = ranges.length > 1 ? ranges.map(String).join("\n\n") : selection.toString();
  return { ranges, text };
}

function rangesOf(selection: Selection): Range[] {
  return Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at)).filter(
    (range) => !range.collapsed,
  );
}

/** Chromium keeps the selection within a shadow tree to the tree; Firefox shows it in the document's. */
function shadowSelections(): (Selection | null)[] {
  const roots = [];
  let host = getSelection()?.anchorNode ?? null;
  for (let depth = 0; depth < 50 && host !== null; depth++) {
    const root = shadowBelow(host);
    if (root === null) break;
    roots.push(root);
    host =
      (root as Partial<DocumentOrShadowRoot> & { getSelection?(): Selection | null }).getSelection?.()?.anchorNode ??
      null;
  }
  return roots.map((root) => (root as ShadowRoot & { getSelection?(): Selection | null }).getSelection?.() ?? null);
}

/** The selection's end, seen from outside, is the host or its parent. */
function shadowBelow(node: Node): ShadowRoot | null {
  if (node instanceof Element && node.shadowRoot) return node.shadowRoot;
  const active = document.activeElement?.shadowRoot;
  if (active) return active;
  return (
    [...node.childNodes].map((child) => (child instanceof Element ? child.shadowRoot : null)).find(Boolean) ?? null
  );
}
