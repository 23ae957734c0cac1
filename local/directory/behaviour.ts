import { setTimeout as wait } from "node:timers/promises";
import type { DirectoryAnswer } from "./applications.ts";

/** How `GET /roles` answers. */
export const ROLES_MODES = [
  "normal",
  "html",
  "many",
  "foreign",
  "empty",
  "malformed",
  "error",
  "slow",
  "silent",
] as const;

/** How `GET /.well-known/holdall.json` answers. */
export const LINK_MODES = ["profile", "redirect", "large", "html", "missing"] as const;

/** What tests switch. */
export interface DirectoryBehaviour {
  roles: (typeof ROLES_MODES)[number];
  link: (typeof LINK_MODES)[number];
  /** Place in `LocalAwsInfo.profiles` of the profile that the link gives. */
  linkedProfile: number;
}

export const NORMAL: Readonly<DirectoryBehaviour> = { roles: "normal", link: "profile", linkedProfile: 0 };

/** Null: no answer at all. */
export interface PlainAnswer {
  status: number;
  type: string;
  body: string;
  location?: string;
}

const HTML: PlainAnswer = {
  status: 200,
  type: "text/html; charset=utf-8",
  body: "<!doctype html><title>Portal</title><h1>Please sign in to the portal</h1>",
};

const json = (value: unknown, status = 200): PlainAnswer => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
});

/** Milliseconds that the slow directory takes. */
const SLOW_MS = 20_000;

/** Null: the connection stays open, and nothing comes. */
export async function answerRoles(
  { roles: mode }: DirectoryBehaviour,
  offered: DirectoryAnswer,
): Promise<PlainAnswer | null> {
  switch (mode) {
    case "html":
      return HTML;
    case "many":
      return json({ holdall: 1, applications: [{ name: "Everything there is", roles: manyRoles() }] });
    case "foreign":
      // An account that is not the profile's: nobody should be led to somebody else's role.
      return json({
        holdall: 1,
        applications: [
          {
            name: "Elsewhere",
            roles: [{ arn: "arn:aws:iam::999988887777:role/holdall-person", name: "Everything", description: "" }],
          },
        ],
      });
    case "empty":
      return json({ holdall: 1, applications: [] });
    case "malformed":
      return json({ holdall: 1, applications: [{ name: 7, roles: "all", ["__proto__"]: { admin: true } }] });
    case "error":
      return { ...json({ title: "Internal Server Error", status: 500 }, 500), type: "application/problem+json" };
    case "silent":
      return null;
    case "slow":
      await wait(SLOW_MS, undefined, { ref: false });
      return json(offered);
    case "normal":
      return json(offered);
  }
}

function manyRoles() {
  return Array.from({ length: 5_000 }, (_, index) => ({
    arn: `arn:aws:iam::111122223333:role/team-${index}`,
    name: `Team ${index}`,
    description: `What team ${index} may do.`,
  }));
}

/** Bytes. */
const LARGE = 5 * 1024 * 1024;

/**
 * @param url as requested
 * @param profile the one that the link stands for
 */
export function answerLink({ link: mode }: DirectoryBehaviour, url: URL, profile: unknown): PlainAnswer {
  switch (mode) {
    case "redirect":
      if (url.searchParams.has("redirected")) return json(profile);
      // Another origin that answers as well: only what follows the redirect makes the difference.
      return {
        status: 302,
        type: "text/plain",
        body: "",
        location: `http://localhost:${url.port}${url.pathname}?redirected`,
      };
    case "large":
      return { status: 200, type: "application/json", body: JSON.stringify({ padding: "x".repeat(LARGE) }) };
    case "html":
      return HTML;
    case "missing":
      return { ...HTML, status: 404 };
    case "profile":
      return json(profile);
  }
}
