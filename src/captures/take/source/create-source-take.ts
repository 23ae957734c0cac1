/** Takes what an element or a link leads to: within the page where it may, else by a request of the extension. */
import { HoldallError } from "../../../shared/holdall-error.ts";
import { isBlockedHost } from "../../blocked-host.ts";
import { shown } from "../../shown-address.ts";
import type { Take, TakeInput, Taken, TakeWatch } from "../../taken.ts";
import { sha256Hex } from "../sha256.ts";
import { classify, type Source } from "./classify.ts";
import { createTakeRules, type RuleSet } from "./take-rules.ts";

/** Bytes. What is larger belongs to a program that downloads. */
const largest = 2 * 1024 ** 3;
/** Milliseconds after which a source counts as endless. */
const longest = 20 * 60_000;

/** See `HostLink.take` (src/transfers/host/host-link.ts). */
export type SourceFetch = (
  request: {
    url: string;
    credentials: "include" | "omit";
    redirect: "follow" | "manual";
    largest: number;
    longest: number;
  },
  watch: TakeWatch,
) => Promise<{
  status: number;
  headers: Record<string, string>;
  url: string;
  bytes: Blob | null;
  end: "whole" | "broken" | "too-large" | "endless";
}>;

export interface SourceTakeDeps {
  /**
   * By the transfer host: no limit of the worker's life.
   * @throws HoldallError `unreachable`, `timeout`, `cancelled`, `journal-full`, `transfer-host-lost`
   */
  fetchSource: SourceFetch;
  /** Within the page, with its rights; null where it may not be, or the page may not either. */
  fetchInPage(
    tab: { id: number; frame: number },
    url: string,
    watch: TakeWatch,
  ): Promise<{ bytes: Blob; type: string; disposition: string } | null>;
  /** A `data:` URL. */
  fetchData(url: string): Promise<Response>;
  rules: RuleSet;
  /** Is the permission for a match pattern such as `https://host/*` held? */
  holdsHost(pattern: string): Promise<boolean>;
  /** `URL.host` of the services (issuer, storage) of all profiles: not blocked though they may be local. */
  ownHosts(): Promise<string[]>;
  online(): boolean;
}

/** For the kinds image, video, audio and link. */
export function createSourceTake(deps: SourceTakeDeps): Take {
  const rules = createTakeRules(deps.rules);

  return async (input, watch) => {
    const url = URL.canParse(input.url) ? new URL(input.url) : null;
    switch (url?.protocol) {
      case "data:":
        return await taken(input, await fromData(input));
      case "blob:":
        return await taken(input, await fromBlobUrl(input, watch));
      case "http:":
      case "https:": {
        const ownHosts = await deps.ownHosts();
        refuseBlocked(url, input, ownHosts);
        // By the extension where it may: bytes come out of a page as text, which takes longer than fetching them.
        const held = await deps.holdsHost(hostPattern(url));
        if (held && !isOfPage(input, url)) return await fromHost(input, url, ownHosts, watch);
        const byHost = held ? await fromHost(input, url, ownHosts, watch).catch(refusedByServer) : null;
        if (byHost !== null && !(byHost instanceof HoldallError)) return byHost;
        const inPage = await fromPage(input, url, watch);
        if (inPage !== null) return await taken(input, inPage);
        throw (
          byHost ?? new HoldallError("permission-needed", { subs: [url.protocol === "http:" ? url.origin : url.host] })
        );
      }
      case undefined:
        throw new HoldallError(input.url === "" ? "capture-no-source" : "capture-unfetchable", {
          subs: input.url === "" ? [] : [shown(input.url), "no URL"],
        });
      default:
        throw unfetchable(input, String(url?.protocol));
    }
  };

  async function fromData(input: TakeInput): Promise<Source> {
    try {
      const response = await deps.fetchData(input.url);
      const bytes = await response.blob();
      return {
        bytes,
        asked: input.url,
        url: "",
        declared: response.headers.get("content-type") ?? "",
        disposition: "",
      };
    } catch (cause) {
      throw unfetchable(input, "data:", cause);
    }
  }

  /** Its bytes live in the page alone; a stream that the page puts together piece by piece has none. */
  async function fromBlobUrl(input: TakeInput, watch: TakeWatch): Promise<Source> {
    const found = input.tab === null ? null : await deps.fetchInPage(input.tab, input.url, watch);
    if (found === null) throw new HoldallError("capture-no-source");
    return { bytes: found.bytes, asked: input.url, url: "", declared: found.type, disposition: "" };
  }

  /** What lies where the page lies needs no permission but the click's. */
  async function fromPage(input: TakeInput, url: URL, watch: TakeWatch): Promise<Source | null> {
    const { tab } = input;
    if (tab === null || !isOfPage(input, url)) return null;
    const found = await deps.fetchInPage(tab, url.href, watch);
    if (found === null) return null;
    const { bytes, type, disposition } = found;
    return { bytes, asked: input.url, url: url.href, declared: type, disposition };
  }

  async function fromHost(input: TakeInput, url: URL, ownHosts: string[], watch: TakeWatch): Promise<Taken> {
    url.hash = "";
    const guard = { url: url.href, page: input.page.url, ownHosts, allowAddress: input.allowAddress };
    const answer = await rules.during(guard, watch.signal, () => request(input, url.href, watch));
    const { status, headers, bytes, end } = answer;
    if (status < 200 || status > 299) throw unfetchable(input, `HTTP ${status}`);
    if (bytes === null) throw brokenOff(input, end);
    const declared = headers["content-type"] ?? "";
    const disposition = headers["content-disposition"] ?? "";
    return await taken(input, { bytes, asked: input.url, url: answer.url, declared, disposition });
  }

  async function request(input: TakeInput, url: string, watch: TakeWatch) {
    const plain = { url, largest, longest, redirect: "follow" } as const;
    try {
      return await deps.fetchSource({ ...plain, credentials: "include" }, watch);
    } catch (error) {
      if (!(error instanceof HoldallError && error.code === "unreachable")) throw error;
      if (!deps.online()) throw new HoldallError("offline");
      if (!(await leadsAway(url, watch))) throw unfetchable(input, "no answer", error);
      // Where it leads to may be read by anybody who brings no cookies.
      return await deps.fetchSource({ ...plain, credentials: "omit" }, watch).catch((again: unknown) => {
        if (!(again instanceof HoldallError && again.code === "unreachable")) throw again;
        throw new HoldallError("capture-led-away", { subs: [shown(url)] });
      });
    }
  }

  /** A redirect: where to, the browser does not tell. */
  async function leadsAway(url: string, watch: TakeWatch): Promise<boolean> {
    const probe = { url, largest: 0, longest: 10_000, redirect: "manual", credentials: "include" } as const;
    return await deps.fetchSource(probe, watch).then(
      ({ status }) => status === 0,
      () => false,
    );
  }
}

/** Match patterns have no port. */
function hostPattern({ protocol, hostname }: URL): string {
  return `${protocol}//${hostname}/*`;
}

/** Does it lie where the page lies? Then the page may read it too. */
function isOfPage({ tab, page }: TakeInput, url: URL): boolean {
  return tab !== null && URL.canParse(page.url) && new URL(page.url).origin === url.origin;
}

/** A server that answers the extension with an error may answer the page. */
function refusedByServer(error: unknown): HoldallError {
  if (error instanceof HoldallError && error.code === "capture-unfetchable") return error;
  throw error;
}

/** @throws HoldallError `capture-blocked` */
function refuseBlocked(url: URL, { allowAddress }: TakeInput, ownHosts: string[]): void {
  if (!allowAddress && isBlockedHost(url) && !ownHosts.includes(url.host)) {
    throw new HoldallError("capture-blocked", { subs: [url.host] });
  }
}

async function taken({ kind }: TakeInput, source: Source): Promise<Taken> {
  const { bytes } = source;
  const { type, extension, dimensions, name } = await classify(kind, source);
  return { bytes, type, extension, dimensions, name, sha256: await sha256Hex(bytes), missing: 0 };
}

function brokenOff({ url }: TakeInput, end: "whole" | "broken" | "too-large" | "endless"): HoldallError {
  if (end === "too-large") return new HoldallError("capture-too-large", { subs: [String(largest / 1024 ** 2)] });
  return new HoldallError(end === "endless" ? "capture-endless" : "capture-gone", { subs: [shown(url)] });
}

function unfetchable({ url }: TakeInput, reason: string, cause?: unknown): HoldallError {
  return new HoldallError("capture-unfetchable", { subs: [shown(url), reason] }, { cause });
}
