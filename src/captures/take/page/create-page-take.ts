/** What is taken of a page: its selection, all of it, pictures of it, its address. */
import { HoldallError } from "../../../shared/holdall-error.ts";
import type { Take, TakeInput, Taken, TakeWatch } from "../../taken.ts";
import { bookmarkFile } from "../bookmark.ts";
import { atCapturePace } from "./capture-pace.ts";
import { type PictureDeps, takePagePicture } from "./page-picture.ts";
import { pictureFile } from "./picture-file.ts";
import { type PageFileDeps, takePage } from "./take-page.ts";
import { type SelectionDeps, takeSelection } from "./take-selection.ts";

/** Functions of src/platform/. */
export type PageTakeDeps = SelectionDeps & PageFileDeps & PictureDeps;

type PageKind = "selection" | "page" | "screenshot" | "page-screenshot" | "bookmark";

/** @returns a `Take` for the kinds `selection`, `page`, `screenshot`, `page-screenshot` and `bookmark` */
export function createPageTake(deps: PageTakeDeps): Take {
  const takes: Record<PageKind, (input: TakeInput, watch: TakeWatch) => Promise<Taken>> = {
    selection: (input) => takeSelection(input, deps),
    page: (input, watch) => takePage(input, watch, deps),
    screenshot: (input, watch) => takeView(input, watch, deps),
    "page-screenshot": (input, watch) => takePagePicture(input, watch, deps),
    bookmark: ({ page }) => bookmarkFile(page.url, page.title),
  };
  return async (input, watch) => {
    if (watch.signal.aborted) throw new HoldallError("cancelled");
    const take = takes[input.kind as PageKind] as (typeof takes)[PageKind] | undefined;
    if (take === undefined) throw new HoldallError("internal", { subs: [`${input.kind} is not taken of a page`] });
    return await take(input, watch);
  };
}

/** What the window shows. */
async function takeView({ tab }: TakeInput, { signal }: TakeWatch, deps: PageTakeDeps): Promise<Taken> {
  if (tab === null) throw new HoldallError("capture-page-closed");
  return await pictureFile(await atCapturePace(() => deps.captureView(tab.id), signal));
}
