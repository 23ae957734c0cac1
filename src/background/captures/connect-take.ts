/** Who takes the bytes of a capture: what is fetched, or what is read and drawn in the page. */
import { bookmarkFile } from "../../captures/take/bookmark.ts";
import { createPageTake } from "../../captures/take/page/create-page-take.ts";
import { createSourceTake } from "../../captures/take/source/create-source-take.ts";
import { fetchInPage } from "../../captures/take/source/fetch-in-page.ts";
import type { Take } from "../../captures/taken.ts";
import { saveAsMhtml } from "../../platform/page-capture.ts";
import { withPageScript } from "../../platform/page-script.ts";
import { addPageStyle, removePageStyle } from "../../platform/page-style.ts";
import { holdsHosts } from "../../platform/permissions.ts";
import { setRequestRules } from "../../platform/request-rules.ts";
import { captureArea, capturesAreas, captureView } from "../../platform/tab-capture.ts";
import { HostFailure } from "../../transfers/host/host-link.ts";
import type { Services } from "../services.ts";
import { failureOf } from "./host-failure.ts";

export function connectTake({ host, profiles }: Pick<Services, "host" | "profiles">): Take {
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
    fetchInPage: (...request) => fetchInPage(withPageScript, ...request),
    fetchData: (url) => fetch(url),
    rules: { set: setRequestRules },
    holdsHost: (pattern) => holdsHosts([pattern]),
    async ownHosts(id) {
      const { issuer, endpoints } = await profiles.get(id);
      return [issuer, ...Object.values(endpoints)].map((url) => new URL(url).host);
    },
    online: () => navigator.onLine,
  });
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
        return await page(input, watch);
    }
  };
}
