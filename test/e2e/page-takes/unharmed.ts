/** Both run in the page that is captured. */

/** Begins to count changes. */
export function watchPage() {
  const page = globalThis as unknown as { changes?: MutationObserver };
  page.changes?.disconnect();
  page.changes = new MutationObserver(() => {});
  page.changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  return {
    globals: Object.getOwnPropertyNames(globalThis).sort().join(" "),
    html: document.documentElement.outerHTML,
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    scroll: [scrollX, scrollY],
    changes: 0,
  };
}

export function stateOfPage(): ReturnType<typeof watchPage> {
  const { changes } = globalThis as unknown as { changes?: MutationObserver };
  return {
    globals: Object.getOwnPropertyNames(globalThis).sort().join(" "),
    html: document.documentElement.outerHTML,
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    scroll: [scrollX, scrollY],
    changes: changes?.takeRecords().length ?? -1,
  };
}
