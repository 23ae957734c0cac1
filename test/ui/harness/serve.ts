/** Serves popup, app and consent window with the fake browser API on loopback, each state under its own address. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { mergeLocales } from "../../../build/locales.mjs";
import type { HarnessState } from "./fake-browser.ts";
import { fixedNow } from "./fixtures.ts";
import type { PageState } from "./page-state.ts";
import { states } from "./states.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Harness {
  /** Address of a state; one that is not in the list is served from now on. */
  urlOf(state: PageState): string;
  close(): Promise<void>;
}

const types: Record<string, string> = { js: "text/javascript", css: "text/css", html: "text/html", png: "image/png" };

/** The extension's own policy, but for the inline script that carries the state. */
const policy =
  "default-src 'none'; script-src 'self' 'nonce-harness'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; connect-src 'self'";

export async function serveHarness(port = 0): Promise<Harness> {
  const files = await bundlePages();
  const { en: messages = {} } = await mergeLocales(join(root, "_locales"));
  const served = [...states];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://harness");
    const name = pathname.slice(1);
    const state = served.find(
      (candidate) => `${candidate.page}.html` === name && candidate.name === searchParams.get("state"),
    );
    const body =
      name.startsWith("icons/") && !name.includes("..")
        ? await readFile(join(root, name))
        : name === ""
          ? index()
          : state
            ? await pageOf(state, messages)
            : files.get(name);
    // Browsers ask for /favicon.ico on their own.
    response.writeHead(body === undefined ? (name === "favicon.ico" ? 204 : 404) : 200, {
      "content-type": `${types[name.split(".").pop() ?? ""] ?? "text/html"}; charset=utf-8`,
      "content-security-policy": policy,
      // Scripts and styles stay what they are for as long as this server lives.
      ...(files.has(name) ? { "cache-control": "max-age=86400, immutable" } : {}),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urlOf: (state) => {
      if (states.includes(state)) return `${origin}${pathOf(state)}`;
      const own = { ...state, name: `${state.name}-${served.length}` };
      served.push(own);
      return `${origin}${pathOf(own)}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const pathOf = ({ page, name, route = "" }: PageState) => `/${page}.html?state=${name}${route}`;

function index(): string {
  return `<!doctype html><title>States</title><ul>${states
    .map((state) => `<li><a href="${pathOf(state)}">${state.page}: ${state.name}</a>`)
    .join("")}</ul>`;
}

async function pageOf(state: PageState, messages: HarnessState["messages"]): Promise<string> {
  const html = await readFile(join(root, `src/${state.page}/${state.page}.html`), "utf8");
  const { act: _, ...rest } = state;
  const harness: HarnessState = { ...rest, messages, now: fixedNow };
  // `<` could end the script element.
  const json = JSON.stringify(harness).replaceAll("<", "\\u003c");
  const scripts = `<script nonce="harness">globalThis.harness=${json}</script><script src="/fake-browser.js"></script>`;
  return html.replace("<head>", `<head>${scripts}`);
}

async function bundlePages(): Promise<Map<string, string>> {
  const shared = { bundle: true, write: false, outdir: "/", jsx: "automatic", jsxImportSource: "preact" } as const;
  const [pages, fake] = await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: {
        popup: join(root, "src/popup/popup.tsx"),
        "popup-later": join(root, "src/popup/later.css"),
        app: join(root, "src/app/app.tsx"),
        consent: join(root, "src/consent/consent.tsx"),
      },
      format: "esm",
      // One script a page, other than in the extension: forty small requests are most of what a state waits for.
      splitting: false,
      define: { "process.env.NODE_ENV": '"production"' },
    }),
    esbuild.build({
      ...shared,
      entryPoints: { "fake-browser": fileURLToPath(new URL("./fake-browser.ts", import.meta.url)) },
      format: "iife",
    }),
  ]);
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const built = [...pages.outputFiles, ...fake.outputFiles].map(({ path, text }) => [path.slice(1), text] as const);
  return new Map([...built, ["axe.js", axe]]);
}
