/** What a page is told when a request fails. Stable: documented for authors of sites in docs/sites/. */
export const siteErrorCodes = {
  "not-connected": "The person has not connected this site, or has ended it.",
  refused: "The grant does not cover it, or the person said no or has paused the connection.",
  invalid: "The request is not of the method's form. `detail` names the place.",
  "over-limit": "Too many requests, or too many bytes today. `retryAfter` says when to come back, in milliseconds.",
  "too-large": "The message, the item or the file is larger than it may be.",
  conflict: "The item or file is not the version that was expected: it was changed, exists already or is gone.",
  "not-found": "There is no such file.",
  "signed-out":
    "Nobody is signed in: `connect` waits for the person. With `detail` `person` somebody else is: your page serves them once it is reloaded.",
  unavailable: "The storage, the network or the extension does not answer. It may work later.",
  cancelled: "The page itself cancelled the request.",
} as const;

export type SiteErrorCode = keyof typeof siteErrorCodes;

/** An error on its way to a page: never more than this, so that nothing about the person or AWS leaks into a site. */
export interface SiteFault {
  code: SiteErrorCode;
  /** English, for the author of the site. */
  message: string;
  detail?: string;
  retryAfter?: number;
}

export type SiteResult = { ok: true; value: unknown } | { ok: false; error: SiteFault };
