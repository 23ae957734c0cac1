/** What is taken of pages, in real browsers and with the permissions of a click alone. */
import { rm } from "node:fs/promises";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExtensionBrowser } from "../support/extension-browser.ts";
import { BROWSER_NAMES, launchExtension } from "../support/launch-extension.ts";
import { pressButton } from "../support/press-button.ts";
import type { TakeQuestion } from "./page-takes/background.ts";
import type { PageProbe } from "./page-takes/page.ts";
import { readPng } from "./page-takes/read-png.ts";
import { stateOfPage, watchPage } from "./page-takes/unharmed.ts";
import { serveWebPages, type WebPages } from "./page-takes/web-pages.ts";
import { writePageProbe } from "./page-takes/write-page-probe.ts";

/** Defined by the probe's page. */
declare const probe: PageProbe;

type Answer = Awaited<ReturnType<PageProbe["take"]>>;
type Taken = Exclude<Answer, { error: unknown }>;

describe.each(BROWSER_NAMES)("taken of a page in %s", (name) => {
  let extension: string;
  let web: WebPages;
  let browser: ExtensionBrowser;
  let own: Page;
  let page: Page;

  const ask = (question: TakeQuestion): Promise<Answer> => own.evaluate((asked) => probe.take(asked), question);

  /** Takes, and sees that the page is as before. */
  async function take(question: TakeQuestion, { mutates = false } = {}): Promise<Taken> {
    const before = await page.evaluate(watchPage);
    const answer = await ask(question);
    const after = await page.evaluate(stateOfPage);
    expect(after).toEqual({ ...before, changes: mutates ? after.changes : 0 });
    if ("error" in answer) throw new Error(JSON.stringify(answer.error));
    return answer;
  }

  const textOf = (taken: Taken) => Buffer.from(taken.base64, "base64").toString();

  async function show(path: string): Promise<void> {
    await page.goto(path.startsWith("/") ? `${web.origin}${path}` : path);
    await pressButton(browser, page);
  }

  beforeAll(async () => {
    web = await serveWebPages();
    extension = await writePageProbe(name);
    browser = await launchExtension(name, { extension });
    own = await browser.openApp("/");
    page = await browser.openWebPage(`${web.origin}/empty`);
  });

  afterAll(async () => {
    await browser?.dispose();
    web?.close();
    await rm(extension, { recursive: true, force: true });
  });

  describe("a selection", () => {
    const select = (from: string, to: string) =>
      page.evaluate(
        (start, end) => {
          const [first, last] = [document.querySelector(start), document.querySelector(end)];
          if (first && last) getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
        },
        from,
        to,
      );

    beforeAll(() => show("/article/one"));

    test("is Markdown with absolute addresses", async () => {
      await select("#all", "#all");
      const taken = await take({ kind: "selection" });
      expect(textOf(taken)).toBe(
        [
          `[Of \\[brackets\\] \\& more](${web.origin}/article/one)`,
          "## A heading",
          `Some **bold** words, [a link](${web.origin}/away?x=1#y), no link.`,
          `![A red square](${web.origin}/picture.png)`,
          "-   first item\n-   second item",
          "```js\nlet a = 1;\nlet b = 2;\n```",
          "|  |  |\n| --- | --- |\n| a\\|b | 2 |\n| 3 | 4 |\n",
        ].join("\n\n"),
      );
      expect(taken).toMatchObject({
        type: "text/markdown;charset=utf-8",
        extension: "md",
        dimensions: null,
        missing: 0,
      });
    });

    test("is what surrounds it too, where that tells what it is", async () => {
      await select("#code code", "#code code");
      expect(textOf(await take({ kind: "selection" }))).toContain("```js\nlet a = 1;\nlet b = 2;\n```");
      await select("#one", "#one");
      expect(textOf(await take({ kind: "selection" }))).toMatch(/\n\nfirst item\n$/);
    });

    test.runIf(name === "firefox")("is all of its ranges", async () => {
      await page.evaluate(() => {
        getSelection()?.removeAllRanges();
        for (const path of ["#head", "#one"]) {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(path) as Element);
          getSelection()?.addRange(range);
        }
      });
      expect(textOf(await take({ kind: "selection" }))).toMatch(/\n\n## A heading\n\nfirst item\n$/);
      expect(textOf(await take({ kind: "selection", selection: "text" }))).toBe("A heading\n\nfirst item");
    });

    test("is plain text when that is wished", async () => {
      await select("#head", "#head");
      const taken = await take({ kind: "selection", selection: "text" });
      expect(textOf(taken)).toBe("A heading");
      expect(taken).toMatchObject({ type: "text/plain;charset=utf-8", extension: "txt" });
    });

    test("is found in a shadow tree, in a field and in a frame", async () => {
      await page.evaluate(() => {
        const deep = document.querySelector("#host")?.shadowRoot?.querySelector("#deep");
        if (deep) getSelection()?.setBaseAndExtent(deep, 0, deep, deep.childNodes.length);
      });
      expect(textOf(await take({ kind: "selection" }))).toMatch(/\n\nIn the shadow \*tree\*\.\n$/);
      await page.evaluate(() => {
        getSelection()?.removeAllRanges();
        const field = document.querySelector<HTMLInputElement>("#field");
        field?.focus();
        field?.setSelectionRange(0, 5);
      });
      expect(textOf(await take({ kind: "selection", selection: "text" }))).toBe("words");
      await page.evaluate(() => {
        document.querySelector<HTMLInputElement>("#field")?.setSelectionRange(0, 0);
        const inner = document.querySelector<HTMLIFrameElement>("#inner")?.contentWindow;
        const inside = inner?.document.querySelector("#inside");
        if (inside) inner?.getSelection()?.setBaseAndExtent(inside, 0, inside, inside.childNodes.length);
      });
      expect(textOf(await take({ kind: "selection" }))).toContain(`\n\nInside the [frame](${web.origin}/deeper)\n`);
    });

    test("must be there", async () => {
      await show("/empty");
      expect(await ask({ kind: "selection" })).toEqual({ error: { code: "capture-nothing-selected", facts: {} } });
    });

    test("is the browser's own text where scripts may not run", async () => {
      // The browser's own pages and its shops, or as here a page without a click.
      await page.goto(`${web.foreign}/empty`);
      expect(await ask({ kind: "selection" })).toEqual({ error: { code: "capture-page-closed", facts: {} } });
      const taken = await ask({ kind: "selection", text: "what was marked", selection: "text" });
      expect(textOf(taken as Taken)).toBe("what was marked");
    });
  });

  describe("a picture", () => {
    const red = [255, 0, 0];
    const green = [0, 255, 0];

    test("of what is in view", async () => {
      await show("/long");
      await page.evaluate(() => scrollTo({ top: 300, behavior: "instant" }));
      const picture = async () => {
        const taken = await take({ kind: "screenshot" });
        return { taken, png: readPng(Buffer.from(taken.base64, "base64")) };
      };
      // What is in view is what was drawn, which on a busy machine comes later than what was scrolled.
      await expect.poll(async () => (await picture()).png.at(5, 50), { interval: 600 }).toEqual([3, 0, 200]);
      const { taken, png } = await picture();
      expect(taken).toMatchObject({
        type: "image/png",
        extension: "png",
        dimensions: { width: png.width, height: png.height },
      });
      expect(png.at(45, 5)).toEqual(red);
    });

    test.each([1, 1.5])("of all of the page, where zoom is %d", async (zoom) => {
      await show("/long");
      await ask({ kind: "bookmark", zoom });
      await page.evaluate(() => scrollTo({ top: 333, behavior: "instant" }));
      const taken = await take({ kind: "page-screenshot" }, { mutates: true });
      const png = readPng(Buffer.from(taken.base64, "base64"));
      const ratio = await page.evaluate(() => devicePixelRatio);
      expect(taken.dimensions).toEqual({ width: png.width, height: png.height });
      expect(png.height).toBe(1600 * ratio);
      const rows = Array.from({ length: 16 }, (_, stripe) => png.at(5, (stripe * 100 + 50) * ratio));
      expect(rows).toEqual(Array.from({ length: 16 }, (_, stripe) => [stripe, 0, 200]));
      for (const [x, colour] of [
        [60, red],
        [140, red],
        [5, green],
      ] as const) {
        let seen = 0;
        for (let y = 0; y < png.height; y++) if (String(png.at(x * ratio, y)) === String(colour)) seen += 1;
        expect([x, seen]).toEqual([x, 20 * ratio]);
      }
      expect(png.at(5, 590 * ratio)).toEqual(green);
      expect(taken.progress.at(-1)).toEqual([1600, 1600]);
      await ask({ kind: "bookmark", zoom: 1 });
    });

    test("is not taken of a page without an end, and not when the person changed their mind", async () => {
      await show("/endless");
      expect(await ask({ kind: "page-screenshot" })).toMatchObject({ error: { code: "capture-too-tall" } });
      if (name === "firefox") return;
      await show("/tall");
      const before = await page.evaluate(watchPage);
      expect(await ask({ kind: "page-screenshot", cancelAfter: 300 })).toMatchObject({ error: { code: "cancelled" } });
      expect(await page.evaluate(stateOfPage)).toEqual(before);
    });
  });

  describe("the page as one file", () => {
    test("holds what was shown, and runs nothing", async () => {
      await show("/rich");
      const taken = await take({ kind: "page" });
      const html = textOf(taken);
      expect(taken).toMatchObject({ type: "text/html;charset=utf-8", extension: "html", dimensions: null });
      // The other site's picture and the other site's frame.
      expect(taken.missing).toBe(2);
      expect(html).toContain(`\n ${web.origin}/rich\n`);
      for (const wrong of [/<script/i, /\son\w+=/i, /javascript:/i, /sesame/, /refresh/, /x\.js/, /<base/])
        expect([wrong, wrong.test(html)]).toEqual([wrong, false]);

      web.saved.set("/saved", html);
      web.requests.length = 0;
      await page.goto(`${web.origin}/saved`);
      const seen = await page.evaluate(() => {
        const find = (selector: string) => document.querySelector(selector) as HTMLElement;
        const style = (element: Element | null | undefined) => getComputedStyle(element as Element);
        const root = find("#host").shadowRoot;
        return {
          mode: document.compatMode,
          title: document.title,
          ran: "ran" in window || "loaded" in window,
          text: find("#styled").textContent,
          colour: style(find("#styled")).color,
          margin: style(document.body).margin,
          imported: style(find("#place")).color,
          ruled: style(find("#near")).borderTopWidth,
          picture: (find("#near") as HTMLImageElement).naturalWidth,
          background: style(find("#styled")).backgroundImage.slice(0, 20),
          links: ["bad", "place", "away"].map((id) => find(`#${id}`).getAttribute("href")),
          values: ["typed", "secret", "area", "choice"].map((id) => (find(`#${id}`) as HTMLInputElement).value),
          checked: (find("#box") as HTMLInputElement).checked,
          pre: find("#pre").textContent,
          shadow: [
            root?.querySelector("#in")?.textContent,
            style(root?.querySelector("#in")).color,
            find("#host").textContent,
          ],
          canvas: style(find("#canvas")).backgroundImage.slice(0, 20),
          frame: (find("#inner") as HTMLIFrameElement).contentDocument?.querySelector("a")?.getAttribute("href"),
        };
      });
      expect(seen).toEqual({
        mode: "CSS1Compat",
        title: "Rich & poor",
        ran: false,
        text: "Styled --> & <safe>",
        colour: "rgb(1, 2, 3)",
        margin: "11px",
        imported: "rgb(10, 11, 12)",
        ruled: "3px",
        picture: 4,
        background: 'url("data:image/png;',
        links: [null, `${web.origin}/rich#styled`, `${web.origin}/deep/away?a=1&b=2`],
        values: ['after "quotes"', "", "\nnew </textarea>", "two"],
        checked: false,
        pre: "\nsecond line",
        shadow: ["shadow", "rgb(4, 5, 6)", "light"],
        canvas: 'url("data:image/png;',
        frame: `${web.origin}/deeper`,
      });
      // Of the other site, under the same server: what could not be held.
      expect(web.requests.filter((path) => path !== "/favicon.ico").sort()).toEqual([
        "/inner",
        "/picture.png",
        "/saved",
      ]);
    });

    test("may have 60 MB", async () => {
      await show("/big");
      const taken = await take({ kind: "page" });
      expect(taken).toMatchObject({ missing: 0 });
      expect(taken.size).toBeGreaterThan(60_000_000);
      expect(taken.progress.at(-1)).toEqual([5 * 9 * 1024 * 1024, null]);
    });
  });

  test("a bookmark", async () => {
    await show("/article/one");
    const text = `[InternetShortcut]\r\nURL=${web.origin}/article/one\r\nTitle=Of [brackets] & more\r\n`;
    expect(textOf(await take({ kind: "bookmark" }))).toBe(text);
  });
});
