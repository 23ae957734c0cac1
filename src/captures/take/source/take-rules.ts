/**
 * What the browser enforces while a source is fetched: `fetch` cannot see where a redirect leads before it follows it, and may
 * not set a Referer. Both are session rules (declarativeNetRequest) for the extension's own requests outside tabs.
 */
import type { RequestRule } from "../../../platform/request-rules.ts";

export interface RuleSet {
  /** Takes the place of all earlier ones. */
  set(rules: RequestRule[]): Promise<void>;
}

/**
 * Literal private, loopback and link-local addresses as the URL parser writes them, and the names of this machine. IPv6 is
 * blocked a little wider than `isBlockedHost` would: a redirect to an IPv4 address in IPv6 clothes is never meant well.
 */
const blockedPatterns = [
  "^https?://(?:0|10|127)\\.\\d+\\.\\d+\\.\\d+[:/]",
  "^https?://(?:169\\.254|192\\.168|172\\.(?:1[6-9]|2\\d|3[01])|198\\.1[89])\\.\\d+\\.\\d+[:/]",
  "^https?://(?:192\\.0\\.0|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.\\d+)\\.\\d+[:/]",
  "^https?://(?:22[4-9]|2[34]\\d|25[0-5])\\.\\d+\\.\\d+\\.\\d+[:/]",
  "^https?://\\[(?:::|f[cdf]|fe[89a-f]|64:ff9b:|2002:)",
  "^https?://(?:[^/:]*\\.)?localhost\\.?[:/]",
];

export interface GuardedTake {
  url: string;
  /** Of the page it was clicked on; "" when there is none. */
  page: string;
  /** `URL.host` of all profiles' own services, which may be local. */
  ownHosts: string[];
  allowAddress: boolean;
}

/** All rules for what is fetched at the same time. */
export function rulesFor(takes: readonly GuardedTake[]): RequestRule[] {
  if (takes.length === 0) return [];
  const guarded = takes.every(({ allowAddress }) => !allowAddress);
  const block = blockedPatterns.map((regexFilter) => ({
    priority: 1,
    action: { type: "block" as const },
    regexFilter,
  }));
  const own = [...new Set(takes.flatMap(({ ownHosts }) => ownHosts))];
  const allow = own.flatMap((host) =>
    ["http", "https"].map((scheme) => {
      return { priority: 2, action: { type: "allow" as const }, urlFilter: `|${scheme}://${host}/` };
    }),
  );
  const referers = takes.flatMap(({ url, page }) => {
    const referer = refererOf(page, url);
    if (referer === null) return [];
    const urlFilter = `|${new URL(url).origin}/`;
    return [{ priority: 3, action: { type: "modifyHeaders" as const, referer }, urlFilter }];
  });
  return guarded ? [...block, ...allow, ...referers] : referers;
}

/** As browsers do it where a page says nothing else: `strict-origin-when-cross-origin`. */
function refererOf(page: string, source: string): string | null {
  const from = URL.canParse(page) ? new URL(page) : null;
  const to = new URL(source);
  if (from === null || !/^https?:$/.test(from.protocol)) return null;
  if (from.protocol === "https:" && to.protocol === "http:") return null;
  if (from.origin !== to.origin) return `${from.origin}/`;
  from.username = "";
  from.password = "";
  from.hash = "";
  return from.href;
}

export interface TakeRules {
  /** Does `work` under the rules of this take. One that the person has allowed an address runs alone: it has no guard. */
  during<T>(take: GuardedTake, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createTakeRules(rules: RuleSet): TakeRules {
  const running = new Set<GuardedTake>();
  const waiting: (() => void)[] = [];
  let setting: Promise<void> = Promise.resolve();

  const mayBegin = ({ allowAddress }: GuardedTake) =>
    allowAddress ? running.size === 0 : [...running].every((other) => !other.allowAddress);

  /** One after the other; the last one knows of all. */
  function apply(): Promise<void> {
    setting = setting.catch(() => undefined).then(() => rules.set(rulesFor([...running])));
    return setting;
  }

  return {
    async during(take, signal, work) {
      while (!mayBegin(take)) {
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      }
      signal.throwIfAborted();
      running.add(take);
      try {
        await apply();
        return await work();
      } finally {
        running.delete(take);
        for (const resolve of waiting.splice(0)) resolve();
        void apply().catch(() => undefined);
      }
    },
  };
}
