/** What stands in for Holdall in an example page whose own behaviour is looked at: items and files in the page's memory, failing as it is told. */
import type { Page } from "puppeteer-core";
import type { Events } from "../../../client/src/types.ts";

interface Item {
  key: string;
  value: { text: string; changed: number };
  version: string;
}

export interface FakeHoldall {
  items: Map<string, Item>;
  /** By path: size and version. */
  files: Map<string, { path: string; size: number; type: string; version: string; modifiedAt: number }>;
  /** Methods that were asked, in order. */
  asked: string[];
  /** By method, or `*` for all: the code that they fail with. */
  failing: Record<string, string>;
  /** What the person gave. */
  given: { files: string; items: string };
  /** Milliseconds until an answer. */
  delay: number;
  tell<N extends keyof Events>(event: Events[N]): void;
}

declare global {
  interface Window {
    fake: FakeHoldall;
  }
}

/** Announced to every document that the page opens from now on. */
export async function announceFake(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const listeners: { name: string; listener: (event: object) => void }[] = [];
    let last = 0;
    const fake: FakeHoldall = {
      items: new Map(),
      files: new Map(),
      asked: [],
      failing: {},
      given: { files: "write", items: "write" },
      delay: 20,
      tell: (event) => {
        for (const { name, listener } of listeners) if (name === event.name) listener(event);
      },
    };
    const fail = (code: string) => Object.assign(new Error(`It failed: ${code}.`), { code });
    const answer = (method: string, params: Record<string, never>): unknown => {
      const {
        key,
        value,
        ifMatch,
        path,
        prefix = "",
      } = params as {
        [name: string]: unknown;
        prefix?: string;
      };
      const item = fake.items.get(key as string);
      if (ifMatch !== undefined && method.startsWith("items.") && ifMatch !== (item?.version ?? null))
        throw fail("conflict");
      switch (method) {
        case "items.query":
          return { items: [...fake.items.values()].filter((one) => one.key.startsWith(prefix)), cursor: null };
        case "items.get":
          return item ?? null;
        case "items.put": {
          const version = String(++last);
          fake.items.set(key as string, { key: key as string, value: value as Item["value"], version });
          return { version };
        }
        case "items.delete":
          fake.items.delete(key as string);
          return null;
        case "files.list":
          return { files: [...fake.files.values()], folders: [], cursor: null };
        case "files.get": {
          const pixel =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
          const bytes = Uint8Array.from(atob(pixel), (letter) => letter.charCodeAt(0));
          const blob = async () => new Blob([bytes], { type: "image/png" });
          return { ...fake.files.get(path as string), blob };
        }
        default:
          return fake.given;
      }
    };
    const provider = {
      version: 1,
      request: async ({ method, params = {} }: { method: string; params?: object }) => {
        fake.asked.push(method);
        await new Promise((resolve) => setTimeout(resolve, fake.delay));
        const code = fake.failing[method] ?? fake.failing["*"];
        if (code !== undefined) throw fail(code);
        return structuredCloneButFunctions(answer(method, params as Record<string, never>));
      },
      on: (name: string, listener: (event: object) => void) => void listeners.push({ name, listener }),
    };
    const structuredCloneButFunctions = (value: unknown) =>
      typeof (value as { blob?: unknown } | null)?.blob === "function" ? value : structuredClone(value);
    addEventListener("holdall:find", () => {
      if (location.hash !== "#without") dispatchEvent(new CustomEvent("holdall:announce", { detail: provider }));
    });
    window.fake = fake;
  });
}
