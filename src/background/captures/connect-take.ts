/** Who takes the bytes of a capture: what is fetched, or what is read and drawn in the page. */
import { createQueue } from "../../captures/queue.ts";
import { bookmarkFile } from "../../captures/take/bookmark.ts";
import { createPageTake } from "../../captures/take/page/create-page-take.ts";
import { createSourceTake } from "../../captures/take/source/create-source-take.ts";
import { fetchInPage } from "../../captures/take/source/fetch-in-page.ts";
import type { Take, TakeInput } from "../../captures/taken.ts";
import { saveAsMhtml } from "../../platform/page-capture.ts";
import { withPageScript } from "../../platform/page-script.ts";
import { addPageStyle, removePageStyle } from "../../platform/page-style.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { setRequestRules } from "../../platform/request-rules.ts";
import { captureArea, capturesAreas, captureView } from "../../platform/tab-capture.ts";
import { tabPage } from "../../platform/tabs.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import { HostFailure } from "../../transfers/host/host-link.ts";
import { recordInPage } from "../activity/record-in-page.ts";
import type { Services } from "../services.ts";
import { failureOf } from "./host-failure.ts";

export function connectTake({ activity, host, profiles }: Pick<Services, "activity" | "host" | "profiles">): Take {
  const page = createPageTake({
    ...{ withPageScript, addPageStyle, removePageStyle, saveAsMhtml },
    ...{ captureView, captureArea, capturesAreas },
  });
  const source = createSourceTake({
    fetchSource: async (request, watch) => {
      return await host.take(request, watch).catch((error: unknown) => {
        throw error instanceof HostFailure ? failureOf(error, request.url) : error;
      });
    },
    fetchInPage: (...request) => recordInPage(activity, request[1], () => fetchInPage(withPageScript, ...request)),
    fetchData: (url) => fetch(url),
    rules: { set: setRequestRules },
    holdsHost: (pattern) => holdsHosts([pattern]),
    async ownHosts() {
      const urls = (await profiles.list()).flatMap(({ profile: { issuer, endpoints } }) => [
        issuer,
        ...Object.values(endpoints),
      ]);
      return urls.map((url) => new URL(url).host);
    },
    online: () => navigator.onLine,
  });
  const pages = createQueue(1);
  // Of a life of the background that was ended while it fetched.
  void setRequestRules([]).catch((error) => log.warn("request rules", error));

  return async (input, watch) => {
    switch (input.kind) {
      case "image":
      case "video":
      case "audio":
      case "link":
        return await source(input, watch);
      case "bookmark":
        return await bookmarkFile(input.url, input.page.title);
      default:
        await checkPage(input);
        // The browser draws one at a time, and a page that is drawn whole scrolls meanwhile.
        return await pages.run(watch.signal, async () => {
          const taken = await page(input, watch);
          await checkPage(input);
          return taken;
        });
    }
  };
}

/**
 * Does the tab still show what was clicked? What it shows instead would be stored under a wrong address.
 * @throws HoldallError `capture-page-closed`
 */
async function checkPage({ tab, page, text = "" }: TakeInput): Promise<void> {
  // The browser itself has told what was selected: nobody has to look into the page.
  if (text !== "") return;
  const shown = tab === null ? null : await tabPage(tab.id).catch(() => null);
  if (shown === null || withoutFragment(shown.url) !== withoutFragment(page.url))
    throw new HoldallError("capture-page-closed");
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, "");
}
