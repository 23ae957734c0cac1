import type { PictureDeps } from "./page-picture.ts";

export interface ViewStyles {
  /** CSS selectors of what is fixed to the window from now on hidden, and of what sticks to it: it goes where it belongs. */
  add(pinned: { fixed: string[]; sticky: string[] }): Promise<void>;
  remove(): Promise<void>;
}

/** So that pictures of neighbouring views fit together. */
const steady = `html, body { scroll-behavior: auto !important; scroll-snap-type: none !important; overflow-anchor: none !important }`;

/** Styles in the page while its pictures are taken. Nothing of the page itself changes. */
export function createViewStyles(tab: number, deps: Pick<PictureDeps, "addPageStyle" | "removePageStyle">): ViewStyles {
  const added = new Set<string>();
  const put = async (css: string) => {
    if (added.has(css)) return;
    added.add(css);
    await deps.addPageStyle(tab, 0, css);
  };
  return {
    async add({ fixed, sticky }) {
      await put(steady);
      // `visibility` would leave descendants that set their own.
      for (const selector of fixed) await put(`${selector} { opacity: 0 !important; transition: none !important }`);
      // Takes the same room as before.
      for (const selector of sticky) await put(`${selector} { position: relative !important; inset: auto !important }`);
    },
    async remove() {
      for (const css of added) await deps.removePageStyle(tab, 0, css);
    },
  };
}
