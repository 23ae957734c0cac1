/** A page as rrweb-snapshot describes it, and what is added to that. */

export interface Sheet {
  /** null: at `address` alone, so far. */
  text: string | null;
  /** What addresses in it are relative to. */
  base: string;
  /** Absolute; of a sheet that is a file of its own. */
  address?: string;
}

export interface PageNode {
  /** 0 document, 1 doctype, 2 element, 3 text, 4 CDATA, 5 comment. */
  type: number;
  name?: string;
  publicId?: string;
  systemId?: string;
  /** In lower case. */
  tagName?: string;
  attributes?: Record<string, unknown>;
  childNodes?: PageNode[];
  textContent?: string;
  isSVG?: boolean | undefined;
  isShadowHost?: boolean;
  isShadow?: boolean;

  /** Of a document: what addresses in it are relative to. */
  base?: string;
  /** Of `style` and `link`. */
  sheet?: Sheet;
  /** Sheets without an element, of a document or a shadow tree. */
  adopted?: Sheet[];
  /** Of a frame. */
  frame?: PageNode;
  /** Plays no part in how the page looks. */
  dropped?: boolean;
}

export const nodeType = { document: 0, doctype: 1, element: 2, text: 3 } as const;
