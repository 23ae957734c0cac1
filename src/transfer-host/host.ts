/** The transfer host: moves bytes between what the person chose, the journal, S3 and `blob:` URLs. It signs nothing. */
import type { HostLink } from "../transfers/host/host-link.ts";
import { compose } from "./compose.ts";
import { digestOf } from "./digest.ts";
import { orFail } from "./failure.ts";
import { fetchSegment } from "./fetch-segment.ts";
import { createFreshBytes } from "./fresh-bytes.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { createHeldUntil } from "./held-until.ts";
import { createKnownSums } from "./known-sums.ts";
import { matches } from "./matches.ts";
import { open, send } from "./send.ts";
import { type Send, sendByXhr } from "./send-by-xhr.ts";
import { letGo, stage } from "./stage.ts";
import { takeSource } from "./take-source.ts";
import { type HostJournal, uploadBody, uploadBytes } from "./upload-bytes.ts";

export interface HostDeps {
  journal: HostJournal;
  fetch: typeof fetch;
  /** Beats while a call is under way, or a source or a `blob:` URL is held. */
  heartbeat: Heartbeat;
  /**
   * Firefox reads on without a word when a file changes under it, so that a source of several segments is compared at its end
   * with what was copied, and one that is too large for the journal with what was sent. Chromium refuses to read it.
   */
  rereadSources: boolean;
  sendByXhr?: Send;
  /** Milliseconds without a byte after which a request is given up. */
  stallTime?: number;
  /** The same for requests that S3 answers late. */
  lateTime?: number;
}

export function createHost(deps: HostDeps): HostLink {
  const { journal, heartbeat, rereadSources, stallTime = 30_000, lateTime = 300_000 } = deps;
  const network = { fetch: deps.fetch, stallTime, lateTime };
  const sources = createHeldUntil<Blob>(heartbeat);
  const urls = createHeldUntil<true>(heartbeat);
  const stock = { journal, sources, sums: createKnownSums(), fresh: createFreshBytes() };
  const { during } = heartbeat;
  const put = deps.sendByXhr ?? sendByXhr;

  return {
    rereadSources,
    hold: async (chosen) => {
      for (const { transferId, source } of chosen) sources.set(transferId, source);
    },
    held: async () => sources.ids(),
    drop: async (transferIds) => {
      for (const id of transferIds) {
        letGo(stock, id);
        stock.fresh.drop(id);
      }
    },
    stage: (input, watch) => during(() => stage(stock, input, watch, rereadSources)),
    matches: (input, watch) => during(() => matches(stock, input, watch)),
    digest: ({ bytes, range, sha256 }, { signal }) =>
      during(async () => {
        const part = await uploadBytes(stock, bytes, range);
        const digest = await orFail(digestOf(part, { sha256, signal }), "source", signal);
        const compared = rereadSources && !bytes.live && sources.get(bytes.transferId) !== undefined;
        if (compared) stock.sums.note(bytes.transferId, range.start, digest);
        return digest;
      }),
    put: ({ bytes, range, request }, watch) =>
      during(async () => {
        const answer = await put(request, await uploadBody(stock, bytes, range), watch, stallTime);
        if (answer.status < 400) stock.fresh.drop(bytes.transferId);
        return answer;
      }),
    send: (request, watch) => during(() => send(network, request, watch)),
    open: (upload, request, watch) => open(network, journal, heartbeat, upload, request, watch),
    fetch: (input, watch) => during(() => fetchSegment(network, journal, input, watch)),
    take: (source, watch) => during(() => takeSource(network, source, watch)),
    compose: (transferId, pieces, { signal }) =>
      during(async () => {
        const blob = await compose(journal, transferId, pieces, signal);
        const url = URL.createObjectURL(blob);
        urls.set(url, true);
        return { url, size: blob.size };
      }),
    release: (url) => {
      urls.delete(url);
      URL.revokeObjectURL(url);
    },
  };
}
