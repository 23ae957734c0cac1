/** Profiles that lead nowhere: what a person reads when they sign in, or look at their files and items. */

import { test } from "vitest";
import type { Profile } from "../../../src/shared/profile.ts";
import { shortRole } from "../../../src/ui/roles/short-role.ts";
import { PersonOnPage } from "../../support/person-on-page.ts";
import { roleArnOf, withRole } from "../../support/role-arn.ts";
import type { Manner } from "../../support/stand-in.ts";
import { textOf } from "../../support/texts.ts";
import {
  type ExpectedError,
  goTo,
  importProfile,
  keepProfile,
  mendProfile,
  picture,
  type Stage,
  seesError,
  seesRest,
  signInAgain,
} from "./stage.ts";

interface ProfileCase {
  what: string;
  /** The profile, made from the one that works. */
  broken(good: Profile, standIn: { origin: string }): Profile;
  /** How the stand-in behaves, where the profile leads to it. */
  manner?: Manner;
  error(broken: Profile, standIn: { host: string }): ExpectedError;
  /** Can differ between the browsers. */
  everywhere?: true;
}

/** While signing in. */
const SIGN_IN_CASES: ProfileCase[] = [
  {
    what: "an issuer where nothing listens",
    broken: (good, { origin }) => ({ ...good, issuer: origin }),
    manner: "silent",
    error: ({ issuer }) => ({ code: "issuer-unreachable", subs: [issuer] }),
  },
  {
    what: "an issuer that answers HTML",
    broken: (good, { origin }) => ({ ...good, issuer: `${origin}/html` }),
    manner: { html: 200 },
    error: ({ issuer }) => ({ code: "issuer-not-openid", subs: [issuer] }),
  },
  {
    what: "an issuer whose discovery document is missing",
    broken: (good, { origin }) => ({ ...good, issuer: `${origin}/missing` }),
    manner: { html: 404 },
    error: ({ issuer }) => ({ code: "issuer-not-openid", subs: [issuer] }),
  },
  {
    what: "an issuer that calls itself otherwise",
    broken: (good) => ({ ...good, issuer: good.issuer.replace("127.0.0.1", "localhost") }),
    error: ({ issuer }) => ({ code: "issuer-mismatch", subs: [issuer, issuer.replace("localhost", "127.0.0.1")] }),
  },
  {
    what: "a client id that the provider does not know",
    broken: (good) => ({ ...good, clientId: "holdall-lokal" }),
    error: ({ clientId }) => ({ code: "client-refused", subs: [clientId] }),
    everywhere: true,
  },
  {
    what: "a role that is not there",
    broken: (good) => withRole(good, `${roleArnOf(good)}-old`),
    error: (profile) => ({ code: "trust-refused", subs: [shortRole(roleArnOf(profile))], aws: "AccessDenied" }),
  },
  {
    what: "an STS endpoint where nothing listens",
    broken: (good, { origin }) => ({ ...good, endpoints: { ...good.endpoints, sts: origin } }),
    manner: "silent",
    error: () => ({ code: "sts-unreachable" }),
  },
  {
    what: "an STS endpoint that answers HTML",
    broken: (good, { origin }) => ({ ...good, endpoints: { ...good.endpoints, sts: `${origin}/html` } }),
    manner: { html: 200 },
    error: (_, { host }) => ({ code: "not-aws", subs: [host] }),
  },
];

/** A fault of the service, or what a role refuses, seen at the list of files or items. */
interface ListCase extends ProfileCase {
  place: "/files/" | "/items";
  /** The error that the service answers, where the local one would answer another. */
  fault?: { operation: string; status: number; code: string };
}

const LIST_CASES: ListCase[] = [
  {
    what: "a bucket that is not there",
    place: "/files/",
    broken: (good) => good,
    fault: { operation: "ListObjectsV2", status: 404, code: "NoSuchBucket" },
    error: ({ bucket }) => ({ code: "bucket-missing", subs: [bucket.name], aws: "NoSuchBucket" }),
    everywhere: true,
  },
  {
    what: "a bucket that the role is not for",
    place: "/files/",
    broken: (good) => ({ ...good, bucket: { ...good.bucket, name: "holdall-lokal" } }),
    error: ({ bucket }) => ({
      code: "access-denied",
      subs: ["s3:ListBucket", `arn:aws:s3:::${bucket.name}`],
      aws: "AccessDenied",
    }),
  },
  {
    what: "a table that is not there",
    place: "/items",
    broken: (good) => good,
    fault: { operation: "Query", status: 400, code: "ResourceNotFoundException" },
    error: ({ table }) => ({ code: "table-missing", subs: [table.name], aws: "ResourceNotFoundException" }),
  },
  {
    what: "a table that the role is not for",
    place: "/items",
    broken: (good) => ({ ...good, table: { ...good.table, name: "holdall-lokal" } }),
    error: ({ region, table }) => ({
      code: "access-denied",
      subs: ["dynamodb:Query", `arn:aws:dynamodb:${region}:111122223333:table/${table.name}`],
      aws: "AccessDeniedException",
    }),
  },
  {
    what: "other names of the table's keys",
    place: "/items",
    broken: (good) => ({ ...good, table: { ...good.table, partitionKey: "owner", sortKey: "id" } }),
    error: () => ({ code: "table-keys", subs: ["owner", "id"], aws: "ValidationException" }),
  },
  {
    what: "another region than the bucket's",
    place: "/files/",
    broken: (good) => ({ ...good, region: "us-east-1" }),
    error: () => ({ code: "wrong-region", subs: ["us-east-1", "eu-central-1"], aws: "AuthorizationHeaderMalformed" }),
  },
];

/** What a stand-in in the place of S3 or DynamoDB does, and what is said of it. */
const MANNERS: [string, Manner, ExpectedError["code"]][] = [
  ["answers HTML with 200", { html: 200 }, "not-aws"],
  ["answers HTML with 404", { html: 404 }, "not-aws"],
  ["answers HTML with 500", { html: 500 }, "not-aws"],
  ["answers some JSON", { json: { message: "Welcome" } }, "not-aws"],
  ["does not listen", "silent", "unreachable"],
];

export function profileTests(stage: () => Stage, everywhereOnly: boolean): void {
  const here = <Case extends ProfileCase>(cases: Case[]) =>
    cases.filter(({ everywhere }) => !everywhereOnly || everywhere === true);
  const importBroken = async (one: ProfileCase) => {
    const { world, standIn } = stage();
    await standIn.become(one.manner ?? "silent");
    const broken = { ...one.broken(world.aws.profile, standIn), name: one.what };
    await keepProfile(stage(), broken);
    return broken;
  };

  /** The popup closes when the provider's window opens: who opens it again reads the same there. */
  const seesInPopup = async (error: ExpectedError, what: string) => {
    const popup = { ...stage(), app: new PersonOnPage(await stage().browser.openPopup()) };
    await seesError(popup, error);
    await picture(popup, `popup ${what}`);
    await popup.app.page.close();
  };

  test.each(here(SIGN_IN_CASES))("a profile with $what is explained at the sign-in", async (one) => {
    const { app, browser, world, standIn } = stage();
    const broken = await importBroken(one);
    await goTo(stage(), "/files/");
    await app.click(textOf("sign_in"));
    // The provider shows its refusal of the client in its window, which Firefox leaves to the person to close.
    if (browser.name === "firefox") await (await browser.waitForPage(world.aws.issuer)).close();
    await seesError(stage(), one.error(broken, standIn));
    await seesRest(stage());
    await picture(stage(), `sign-in ${one.what}`);
    if (one.everywhere) await seesInPopup(one.error(broken, standIn), one.what);
    await mendProfile(stage());
  });

  test.each(here(LIST_CASES))("a profile with $what is explained at the list", async (one) => {
    const { app, world, standIn } = stage();
    const { fault } = one;
    if (fault) await world.control("POST", "/faults", { ...fault, kind: "error", count: null });
    const broken = await importBroken(one);
    // Not a list that is there from before: one is read when its page opens.
    await goTo(stage(), "/settings");
    await goTo(stage(), one.place);
    if (fault) await app.click(textOf("refresh"));
    else await signInAgain(stage());
    await seesError(stage(), one.error(broken, standIn));
    await seesRest(stage());
    await picture(stage(), `list ${one.what}`);
    await world.control("DELETE", "/faults");
    await mendProfile(stage());
    await goTo(stage(), one.place);
    await seesList(stage());
  });

  test.skipIf(everywhereOnly)("an STS endpoint that comes back lets a person in at the next click", async () => {
    const { standIn, world } = stage();
    await standIn.become({ html: 503 });
    await importProfile(stage(), {
      ...world.aws.profile,
      name: "STS",
      endpoints: { ...world.aws.profile.endpoints, sts: standIn.origin },
    });
    await goTo(stage(), "/files/");
    await stage().app.click(textOf("sign_in"));
    await seesError(stage(), { code: "not-aws", subs: [standIn.host] });
    await standIn.become({ to: world.aws.endpoints.sts });
    await signInAgain(stage());
    await mendProfile(stage());
  });

  test.skipIf(everywhereOnly).each(["s3", "dynamodb"] as const)(
    "whatever stands in the place of %s is told from AWS",
    async (service) => {
      const { app, standIn, world } = stage();
      const good = world.aws.profile;
      await standIn.become({ to: world.aws.endpoints[service] });
      await importProfile(stage(), {
        ...good,
        name: `Stand-in for ${service}`,
        endpoints: { ...good.endpoints, [service]: standIn.origin },
      });
      await goTo(stage(), service === "s3" ? "/files/" : "/items");
      await signInAgain(stage());
      await seesList(stage());
      for (const [what, manner, code] of MANNERS) {
        await standIn.become(manner);
        await app.click(textOf("refresh"));
        await seesError(stage(), { code, subs: [standIn.host] });
        await seesRest(stage());
        await picture(stage(), `${service} ${what}`);
        await standIn.become({ to: world.aws.endpoints[service] });
        await app.click(textOf("retry"));
        await seesList(stage());
      }
      await mendProfile(stage());
    },
  );
}

/** The list is there, and no error with it. */
async function seesList({ app }: Stage): Promise<void> {
  await app.seesNo(textOf("retry"));
  await app.seesButton(textOf("refresh"));
}
