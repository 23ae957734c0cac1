import type { ProfilePreview } from "../../messaging/profiles-protocol.ts";
import { t } from "../../platform/i18n.ts";
import type { Profile } from "../../shared/profile.ts";

/** The host of a match pattern such as `https://login.example.com/*`. */
export function hostName(pattern: string): string {
  return pattern.replace(/^[^:]+:\/\//, "").replace(/\/.*$/, "");
}

/** How a profile comes to credentials. */
function access({ credentials }: Profile): [string, string][] {
  if (credentials.kind === "identityPool") return [[t("profile_pool"), credentials.identityPoolId]];
  const { role } = credentials;
  if (role.kind === "fixed") return [[t("profile_role"), role.arn]];
  if (role.kind === "directory") return [[t("profile_role_directory"), role.url]];
  return role.roles.map(({ name, arn }): [string, string] => [t("profile_role_named", name), arn]);
}

/** What a profile is and what it would reach, before it is kept. */
export function PreviewPanel({ preview: { profile, hosts, foreignSts, replaces } }: { preview: ProfilePreview }) {
  const facts: [string, string][] = [
    [t("profile_issuer"), profile.issuer],
    [t("profile_client"), profile.clientId],
    ...access(profile),
    [t("profile_table"), profile.table.name],
    [t("profile_bucket"), profile.bucket.name],
    [t("profile_region"), profile.region],
  ];
  return (
    <>
      <h3 class="card-title">
        <span class="profile-dot" style={{ "--profile": profile.colour }} />
        <bdi>{profile.name}</bdi>
      </h3>
      {replaces && <p class="notice">{t("profile_replaces")}</p>}
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="mono">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p class="label">{t("profile_reaches")}</p>
      <ul class="hosts">
        {hosts.map((pattern) => (
          <li key={pattern} class="mono">
            {hostName(pattern)}
          </li>
        ))}
      </ul>
      <p class="muted small">{t("profile_asks")}</p>
      {foreignSts !== null && (
        <p class="notice warn" role="alert">
          {t("profile_foreign_sts", foreignSts)}
        </p>
      )}
    </>
  );
}
