import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveAsMhtml } from "../../src/platform/page-capture.ts";

vi.mock("../../src/platform/permissions.ts", () => ({ holdsPageCapture: async () => true }));

/** What each call gives, in turn: a text, a file that is gone, or no file. */
let answers: ("gone" | "refused" | { text: string })[] = [];

beforeEach(() => {
  const runtime: { lastError?: { message: string } } = {};
  const saveAsMHTML = (_: object, callback: (file?: Blob) => void) => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error("asked once too often");
    if (answer === "refused") {
      runtime.lastError = { message: "Don't have permissions required to capture this page." };
      callback();
    } else if (answer === "gone") {
      const file = new Blob(["x"]);
      file.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
      callback(file);
    } else callback(new Blob([answer.text]));
  };
  vi.stubGlobal("chrome", { runtime, pageCapture: { saveAsMHTML } });
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a file that is gone before it was read is asked for again", async () => {
  answers = ["gone", "gone", { text: "MHTML" }];
  expect(await (await saveAsMhtml(1))?.text()).toBe("MHTML");
});

test("a file that never can be read leaves the page to be taken as HTML", async () => {
  answers = ["gone", "gone", "gone"];
  expect(await saveAsMhtml(1)).toBeNull();
});

test("a page that may not be captured is said at once", async () => {
  answers = ["refused"];
  await expect(saveAsMhtml(1)).rejects.toMatchObject({ code: "capture-page-closed" });
});
