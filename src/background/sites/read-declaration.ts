import * as v from "valibot";
import { withPageScript } from "../../platform/page-script.ts";
import type { DeclarationCalls } from "../../shared/page-calls.ts";
import type { SiteWish } from "../../shared/site/site-grant.ts";

const access = v.optional(v.picklist(["none", "read", "write"]), "none");
const declaration = v.object({
  files: access,
  items: access,
  folder: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1024))), null),
  ownItems: v.optional(v.boolean(), false),
  reason: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
});

/** What a page declares that it would like: hostile input, read in the page. null when there is nothing of that form. */
export async function declared(tab: number): Promise<SiteWish | null> {
  try {
    const text = await withPageScript<DeclarationCalls, string | null>(
      { tab, frame: 0 },
      "inject-declaration.js",
      async (call) => (await call("read"))[0] ?? null,
    );
    const parsed = v.safeParse(declaration, text === null ? null : JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
