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

/**
 * Global of the script's own world, which the page does not see: a list of what each run of `file` answers, until somebody calls
 * it for the first time. Runs of one file are alike until then, so it does not matter who gets which.
 */
export const waitingCalls = (file: string) => `holdallCalls ${file}`;

/** CSS pixels. */
export interface PageMeasure {
  /** Of all that can be scrolled to. */
  width: number;
  height: number;
  /** Of the window, scroll bars included: what a picture of the tab shows. */
  windowWidth: number;
  windowHeight: number;
  /** Of the window without scroll bars. */
  viewWidth: number;
  viewHeight: number;
  /** Device pixels in one of CSS. */
  ratio: number;
}

/** What the window shows after scrolling. */
export interface PageShown {
  /** CSS pixels: less than asked for at the end of the page. */
  x: number;
  y: number;
  /** Of the page: it may grow while one scrolls. */
  height: number;
  /** CSS selectors of elements that stay with the window, and of those that do so for a while. */
  fixed: string[];
  sticky: string[];
}

export type PageViewCalls = {
  measure(): PageMeasure;
  /** Scrolls; says what is fixed when that could show up a second time. */
  show(x: number, y: number): PageShown;
  /** Resolves when pictures in view are there and drawn, or after as many milliseconds. */
  settle(patience: number): Promise<void>;
  /** Scrolls through all of the page, for pictures that load only when one comes near. At most as many milliseconds. */
  visit(patience: number): Promise<void>;
  /** Everything as it was found. */
  restore(): void;
};

export interface PageFileStatus {
  /** Bytes of pictures, fonts and style sheets so far. */
  received: number;
  /** Of them, those that stay addresses. */
  missing: number;
  /** null while it is made. */
  pieces: number | null;
  failure: string | null;
}

export type PageFileCalls = {
  /** False for a page that is no HTML. */
  start(): boolean;
  status(): PageFileStatus;
  piece(index: number): string;
  /** What is not fetched by now stays an address. */
  cancel(): void;
};

export interface SourceStatus {
  /** Bytes. */
  received: number;
  /** null when the server does not say. */
  total: number | null;
  /** null while it is under way. `refused`: the page may not read it, or it is not there. */
  end: "whole" | "refused" | "broken" | "too-large" | null;
  /** HTTP status, `Content-Type` and `Content-Disposition` of the answer; 0 and "" before. */
  status: number;
  type: string;
  disposition: string;
  /** In base64: all of it, when it has ended whole and is small. Each call costs as much as a request to a near server. */
  all?: string;
}

export type DeclarationCalls = {
  /** JSON, as it came; null when the page declares nothing that can be read. */
  read(): Promise<string | null>;
};

export type SourceCalls = {
  /** Fetches what lies where the page lies, or in its memory, then as `status`. `largest` in bytes. */
  start(url: string, largest: number, patience: number): Promise<SourceStatus>;
  /** When it has ended, or after as many milliseconds. */
  status(patience: number): Promise<SourceStatus>;
  /** In base64: from `at`, as many bytes. */
  piece(at: number, length: number): Promise<string>;
  cancel(): void;
};
