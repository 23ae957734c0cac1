/** What the extension may reach, and how it says that it may not. */
import { holdsHosts } from "../platform/permissions.ts";
import { HoldallError } from "../shared/holdall-error.ts";

/** @throws HoldallError `permission-needed` with the first host among match patterns that the extension may not reach */
export async function checkHosts(patterns: string[]): Promise<void> {
  for (const pattern of patterns) {
    if (await holdsHosts([pattern])) continue;
    throw new HoldallError("permission-needed", { subs: [hostOf(pattern)] });
  }
}

/** @throws HoldallError `permission-needed` with the first host among `urls` that the extension may not reach */
export async function checkUrls(urls: string[]): Promise<void> {
  await checkHosts(urls.map(patternOf));
}

/** AWS's hosts are asked for together, as the manifest has them: one click mends them all. */
function patternOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  const aws = /\.(amazonaws\.com(?:\.cn)?)$/.exec(hostname)?.[1];
  return aws === undefined ? `${protocol}//${hostname}/*` : `https://*.${aws}/*`;
}

/** `https://login.example.com/*` → `login.example.com` */
function hostOf(pattern: string): string {
  return pattern.replace(/^[^/]*\/\//, "").replace(/\/.*$/, "");
}

/**
 * `fetch` for the issuer and for AWS: a failure for want of a permission, which a person can take away at any time, looks
 * like any other until it is asked for.
 */
export async function reachingFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (cause) {
    if (init?.signal?.aborted !== true) {
      await checkUrls([input instanceof Request ? input.url : String(input)]);
    }
    throw cause;
  }
}
