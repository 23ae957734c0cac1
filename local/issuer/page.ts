import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { escapeMarkup } from "../http/xml.ts";
import { PAGE_STYLE } from "./page-style.ts";

const STYLE_HASH = createHash("sha256").update(PAGE_STYLE).digest("base64");

/** A page of the provider: its own style, no script, nothing from elsewhere. `body` is markup. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeMarkup(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body><main><p class="who">Local identity provider</p>${body}</main></body>
</html>
`;
}

/** Headers of every page. `form-action` is left open: browsers apply it to the redirect that ends the sign-in. */
export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers with a page. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, "content-length": Buffer.byteLength(html) }).end(html);
}

/** A page that says one thing. `text` is plain text. */
export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${escapeMarkup(title)}</h1><p>${escapeMarkup(text)}</p>`);
}
