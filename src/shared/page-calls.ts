/** What the background asks of the scripts that it puts into a page for the time of one capture. All of it crosses as JSON. */

/** Of the frame's selection, in all of its ranges; both "" when nothing is selected. */
export interface Selected {
  /** GitHub's Markdown, with absolute addresses. */
  markdown: string;
  /** As the browser would copy it. */
  text: string;
}

// Type aliases, not interfaces: only they can be taken for records of functions.
export type SelectionCalls = {
  read(): Selected;
};

/** Global of the script's own world, which the page does not see, while the script is there. */
export const pageScriptGlobal = "holdallCalls";
