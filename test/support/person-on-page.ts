import type { ElementHandle, Page } from "puppeteer-core";
import { poll } from "./poll.ts";

const CLICKABLE = "button, a[href], summary, [role=button], [role=menuitem], [role=tab], [role=row], [role=option]";

/** What a person does on one page: everything is found by the words they would read or hear. */
export class PersonOnPage {
  constructor(readonly page: Page) {}

  /** Clicks the button, link, tab, row or menu entry of that name. */
  async click(name: string): Promise<void> {
    await this.#with(name, CLICKABLE, (element) => element.click());
  }

  /** Replaces what is in the field of that label. */
  async fill(label: string, text: string): Promise<void> {
    const field = await this.#find(label, "input, textarea");
    await field.focus();
    await field.evaluate((input) => (input as HTMLInputElement).select());
    await this.page.keyboard.press("Backspace");
    await field.type(text);
  }

  /** Replaces what is in the field of that label by a text from the clipboard, however long. */
  async paste(label: string, text: string): Promise<void> {
    const field = await this.#find(label, "input, textarea");
    await field.focus();
    await field.evaluate((input) => (input as HTMLInputElement).select());
    await this.page.evaluate((pasted) => document.execCommand("insertText", false, pasted), text);
  }

  /** Chooses the radio button of that label. */
  async choose(label: string): Promise<void> {
    await (await this.#find(label, "input[type=radio]")).evaluate((input) => (input as HTMLInputElement).click());
  }

  /** Ticks the box of that label. */
  async check(label: string): Promise<void> {
    await (await this.#find(label, "input[type=checkbox]")).evaluate((input) => (input as HTMLInputElement).click());
  }

  /** Gives files to the file input of that label, as the browser's picker would. */
  async pick(label: string, ...paths: string[]): Promise<void> {
    const input = await this.#find(label, "input[type=file]");
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }

  /** Waits until the page shows a text. */
  async sees(text: string, timeout = 15_000): Promise<void> {
    await this.#described(poll(`"${text}"`, () => this.shows(text), timeout));
  }

  /** Waits until there is a button, link, tab, row or menu entry of that name. */
  async seesButton(name: string): Promise<void> {
    await this.#find(name, CLICKABLE);
  }

  /** Waits until the page shows a text no more. */
  async seesNo(text: string): Promise<void> {
    await this.#described(poll(`no "${text}"`, async () => !(await this.shows(text))));
  }

  async value(label: string): Promise<string> {
    return (await this.#find(label, "input, textarea")).evaluate((input) => (input as HTMLInputElement).value);
  }

  /** Whether the page shows a text now. */
  async shows(text: string): Promise<boolean> {
    return (await this.#visibleText()).includes(text);
  }

  #visibleText(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: a person sees no hidden text
    return this.page.evaluate(() => document.body.innerText);
  }

  /** Adds to a failure what the page showed in the end. */
  async #described(waiting: Promise<unknown>): Promise<void> {
    await waiting.catch(async (error: Error) => {
      throw new Error(`${error.message}, on ${await this.#describe()}`, { cause: error.cause });
    });
  }

  async #describe(): Promise<string> {
    const text = await this.#visibleText().catch(() => "a page that is gone");
    return `${this.page.url()}: ${text}`.replace(/\s+/g, " ").slice(0, 1_500);
  }

  async #find(name: string, selector: string): Promise<ElementHandle<Element>> {
    return this.#with(name, selector, async () => {});
  }

  /** A view may be drawn anew between finding and doing: then both are done again. */
  async #with(
    name: string,
    selector: string,
    work: (element: ElementHandle<Element>) => Promise<void>,
  ): Promise<ElementHandle<Element>> {
    let seen = "";
    const handle = await poll(`"${name}" among ${selector}`, async () => {
      const found = (
        await this.page.evaluateHandle(findByName, selector, name)
      ).asElement() as ElementHandle<Element> | null;
      if (found) await work(found);
      else seen = await this.#describe();
      return found;
    }).catch((error: Error) => {
      throw new Error(`${error.message}, on ${seen}`, { cause: error.cause });
    });
    return handle;
  }
}

/**
 * Runs in the page, so it names no function within: tsx would wrap that in a helper which the page does not have. An open
 * dialog covers the rest.
 */
function findByName(selector: string, name: string): Element | null {
  const root = [...document.querySelectorAll("dialog[open], [popover]:popover-open")].at(-1) ?? document;
  const candidates = [...root.querySelectorAll(selector), ...document.querySelectorAll(selector)]
    .filter((element) => !(element as HTMLButtonElement).disabled && (element as HTMLElement).checkVisibility())
    .map((element) => {
      const labels = (element as HTMLInputElement).labels;
      const label = element.getAttribute("aria-label") ?? (labels?.length ? labels[0]?.textContent : null);
      return { element, text: (label ?? element.textContent ?? "").replace(/\s+/g, " ").trim() };
    });
  const found =
    candidates.find(({ text }) => text === name) ??
    // A row's name goes on with its other cells.
    candidates.find(({ element, text }) => element.matches("[role=row]") && text.startsWith(name));
  return found?.element ?? null;
}
