/** Sessions that are about to end, are locked, or wait for a role. */
import type { RoleApplication, RoleChoices } from "../../../src/messaging/session-protocol.ts";
import type { SessionView, View } from "../../../src/messaging/view.ts";
import { errors, fixedNow, identity, signedIn, signedOut } from "./fixtures.ts";

const arn = (path: string) => `arn:aws:iam::123456789012:role/${path}`;

export const applications: RoleApplication[] = [
  {
    name: "Archive",
    roles: [
      { name: "Reader", arn: arn("archive/archive-reader"), description: "Looks at everything, changes nothing." },
      { name: "Editor", arn: arn("archive/archive-editor"), description: null },
    ],
  },
  {
    name: "Harbour office: tides, berths and the paper work of both",
    roles: [
      {
        name: "Berth planner with the keys to the old pier",
        arn: arn("harbour/berths-of-the-old-pier-and-the-new-one-planner"),
        description:
          "Gives berths to ships, and takes them back when the tide says so; may read the tables of the pilots, too.",
      },
      { name: "قارئ المد والجزر", arn: arn("harbour/tide-reader"), description: "Reads the tide tables." },
    ],
  },
];

export const choices: RoleChoices = { applications, current: arn("archive/archive-editor") };

/** As many as a directory may list. */
export const manyChoices: RoleChoices = {
  applications: Array.from({ length: 250 }, (_, group) => ({
    name: `Application ${group + 1}`,
    roles: Array.from({ length: 20 }, (_, role) => ({
      name: `Role ${group * 20 + role + 1}`,
      arn: arn(`app-${group + 1}/role-${group * 20 + role + 1}`),
      description: role % 2 === 0 ? `What one does in place ${role + 1} of application ${group + 1}` : null,
    })),
  })),
  current: arn("app-125/role-2500"),
};

export const answered = (value: RoleChoices) => ({ "session.roles": { ok: true, value } }) as const;

const choosingRole = { state: "choosing-role", name: "alice", roles: 4, refused: null, error: null } as const;

export const choosing: View = { ...signedOut, session: choosingRole };
export const choosingRefused: View = {
  ...signedOut,
  session: { ...choosingRole, refused: { name: "Editor", arn: arn("archive/archive-editor") }, error: errors.trust },
};

const withSession = (session: Partial<Extract<SessionView, { identity: unknown }>>): View => ({
  ...signedIn,
  session: { state: "signed-in", identity, expiresAt: fixedNow + 52 * 60_000, error: null, ...session },
});

export const withRole = withSession({ role: { name: "Editor", arn: arn("archive/archive-editor"), of: 4 } });
export const ending = withSession({ expiresAt: fixedNow + 4 * 60_000 - 1000, error: errors.issuer });
/** The session is over, and the next sign-in did not work either. */
export const endedRefused: View = {
  ...signedIn,
  session: { state: "needs-sign-in", identity, expiresAt: 0, error: errors.trust },
};
export const lastMinute = withSession({ expiresAt: fixedNow + 42_000 });
export const locked: View = { ...signedOut, session: { state: "signed-out", error: null, locked: true } };

/** More profiles than a menu has room for; two have the same name. */
export const manyProfiles: View = {
  ...signedIn,
  profiles: Array.from({ length: 50 }, (_, index) => ({
    id: index === 24 ? "acme-beta" : `profile-${index}`,
    name: index < 2 ? "Twins" : `Environment ${String(index).padStart(2, "0")}`,
    colour: ["#e8590c", "#2b8a3e", "#5f3dc4", "#1971c2", "#c2255c"][index % 5] ?? "",
    issuer: "https://login.acme.example/",
  })),
};
