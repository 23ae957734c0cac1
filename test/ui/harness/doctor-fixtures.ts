/** Runs of the doctor as the background shows them. */
import type { CheckRun, CheckState, CheckStep } from "../../../src/messaging/checks-view.ts";
import type { View } from "../../../src/messaging/view.ts";
import type { WireError } from "../../../src/shared/result.ts";
import { identity, minutes, profilePreview, signedIn, signedOut } from "./fixtures.ts";

const { issuer, clientId } = profilePreview.profile;

/** In order, with how long each takes and what it finds. */
const found: [id: string, ms: number, facts?: Record<string, string>][] = [
  ["permissions", 4, { hosts: "login.acme.example, *.amazonaws.com" }],
  ["network", 0],
  [
    "discovery",
    182,
    {
      issuer,
      authorization: `${issuer}authorize`,
      token: `${issuer}oauth/token`,
      keys: `${issuer}.well-known/jwks.json`,
    },
  ],
  ["pkce", 0, { methods: "S256, plain" }],
  ["scopes", 0, { scopes: "openid offline_access" }],
  ["keys", 91, { algorithms: "RS256", keyIds: "kR2xV0, p81LqZ" }],
  ["redirect", 240, { redirect: "https://ojmdpmcdjfebjchhonnbbphamljlcnah.chromiumapp.org/", client: clientId }],
  ["clock", 66, { host: "sts.eu-central-1.amazonaws.com", offset: "0 s" }],
  ["sign-in", 0, { identity: identity.id }],
  [
    "token",
    1,
    {
      iss: issuer,
      aud: clientId,
      sub: identity.id,
      amr: '["pwd"]',
      iat: "2026-11-03T09:33:10.000Z",
      exp: "2026-11-03T19:33:10.000Z",
      keyId: "kR2xV0",
      others: "name, email, nonce, sid",
    },
  ],
  ["exchange", 143, { host: "sts.eu-central-1.amazonaws.com" }],
  ["trust", 0, { identity: identity.id, expires: "2026-11-03T10:33:11.000Z" }],
  ["table", 58, { table: "acme-beta-items", tableKeys: "pk, sk", region: "eu-central-1" }],
  ["items.get", 0],
  ["items.query", 41],
  ["items.put", 44],
  ["items.update", 39],
  ["items.delete", 37],
  ["bucket", 72, { bucket: "acme-beta-data", address: "bucket.host" }],
  ["region", 0, { region: "eu-central-1" }],
  ["objects.list", 0],
  ["objects.put", 88, { version: "V3zEL8ZRcHFmsCiMAPUWc8k9tXbNkxAj" }],
  ["checksum", 0, { checksum: "CRC-32 94qafg==" }],
  ["objects.head", 43],
  ["objects.get", 52],
  ["objects.range", 49],
  ["objects.copy", 120],
  ["links", 47, { seconds: "60" }],
  ["objects.multipart", 131],
  ["objects.parts", 48],
  ["objects.abort", 51],
  ["objects.delete", 62],
  ["objects.versions", 57],
];

interface Made {
  /** Id → state of the steps that are not passed, and what else is known of them. */
  [id: string]: CheckState | Partial<CheckStep>;
}

/** A run in which everything passed but what `made` says. */
export function doctorRun(made: Made = {}, more: Partial<CheckRun> = {}): CheckRun {
  const steps = found.map(([id, ms, facts = {}]): CheckStep => {
    const given = made[id] ?? "passed";
    const change = typeof given === "string" ? { state: given } : given;
    const state = change.state ?? "passed";
    const tried = state === "passed" || state === "failed" || state === "unproven";
    return { id, state, ms: tried ? ms : null, error: null, facts: tried ? facts : {}, ...change };
  });
  return {
    kind: "doctor",
    profile: "acme-beta",
    startedAt: minutes(2),
    endedAt: minutes(2) + 1240,
    cancelled: false,
    steps,
    ...more,
  };
}

export const withDoctor = (view: View, run: CheckRun | null): View => ({
  ...view,
  checks: { ...view.checks, doctor: run },
});

export function failedStep(error: WireError, facts: Record<string, string> = {}): Partial<CheckStep> {
  return { state: "failed", error, facts };
}

export const deniedList: WireError = {
  code: "access-denied",
  facts: {
    subs: ["s3:ListBucket", "arn:aws:s3:::acme-beta-data"],
    service: "s3",
    awsCode: "AccessDenied",
    status: 403,
    requestId: "4442587FB7D0A2F9",
    detail:
      "User: arn:aws:sts::123456789012:assumed-role/holdall-beta-people/holdall-7c4de858961e7246 is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::acme-beta-data because no identity-based policy allows the s3:ListBucket action",
  },
};

export const refusedClient: WireError = {
  code: "client-refused",
  facts: {
    subs: [clientId],
    service: "issuer",
    status: 403,
    detail: "redirect_uri https://ojmdpmcdjfebjchhonnbbphamljlcnah.chromiumapp.org/",
  },
};

const needsSignIn = (ids: string[]): Made =>
  Object.fromEntries(ids.map((id) => [id, { state: "skipped", facts: { because: "sign-in" } }]));

const afterSignIn = found.map(([id]) => id).slice(found.findIndex(([id]) => id === "sign-in"));

export const doctorViews = {
  never: withDoctor(signedIn, null),
  green: withDoctor(signedIn, doctorRun()),
  denied: withDoctor(signedIn, doctorRun({ "objects.list": failedStep(deniedList) })),
  redirect: withDoctor(
    signedOut,
    doctorRun({
      ...needsSignIn(afterSignIn),
      redirect: failedStep(refusedClient, {
        redirect: "https://ojmdpmcdjfebjchhonnbbphamljlcnah.chromiumapp.org/",
        client: clientId,
      }),
    }),
  ),
  trust: withDoctor(
    signedIn,
    doctorRun({
      trust: failedStep({
        code: "trust-refused",
        facts: {
          subs: ["arn:aws:iam::123456789012:role/holdall-beta-people"],
          service: "sts",
          awsCode: "AccessDenied",
        },
      }),
      ...Object.fromEntries(
        found
          .map(([id]) => id)
          .slice(found.findIndex(([id]) => id === "table"))
          .map((id) => [id, { state: "skipped", facts: { because: "trust" } }]),
      ),
    }),
  ),
  signedOut: withDoctor(signedOut, doctorRun(needsSignIn(afterSignIn))),
  running: withDoctor(
    signedIn,
    doctorRun(
      {
        ...Object.fromEntries(found.map(([id]) => [id, "waiting" as const]).slice(16)),
        "items.put": "running",
        bucket: "running",
      },
      { endedAt: null },
    ),
  ),
};
