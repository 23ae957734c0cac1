import type { ComponentChildren } from "preact";
import type { ProfilePreview } from "../../messaging/profiles-protocol.ts";
import { t } from "../../platform/i18n.ts";
import type { Profile } from "../../shared/profile.ts";
import { Fact } from "../../ui/fact.tsx";
import { Address } from "./address.tsx";

type NamedFact = [label: string, value: ComponentChildren];

/** How a profile comes to credentials. */
function access({ credentials }: Profile): NamedFact[] {
  if (credentials.kind === "identityPool") return [[t("profile_pool"), credentials.identityPoolId]];
  const { role } = credentials;
  if (role.kind === "fixed") return [[t("profile_role"), role.arn]];
  if (role.kind === "directory") return [[t("profile_role_directory"), <Address key="url" url={role.url} />]];
  return role.roles.map(({ name, arn }): NamedFact => [t("profile_role_named", name), arn]);
}

/** What a profile is. */
export function ProfileFacts({ preview: { profile, replaces }, link }: { preview: ProfilePreview; link: URL | null }) {
  const facts: NamedFact[] = [
    ...(link === null ? [] : [[t("profile_from"), link.host] as NamedFact]),
    [t("profile_issuer"), <Address key="issuer" url={profile.issuer} />],
    [t("profile_client"), profile.clientId],
    ...access(profile),
    [t("profile_table"), profile.table.name],
    [t("profile_bucket"), profile.bucket.name],
    [t("profile_region"), profile.region],
  ];
  return (
    <div class="card column">
      <h3 class="card-title">
        <span class="profile-dot" style={{ "--profile": profile.colour }} />
        <bdi>{profile.name}</bdi>
      </h3>
      {replaces && <p class="notice">{t("profile_replaces")}</p>}
      <dl class="facts">
        {facts.map(([label, value]) => (
          <Fact key={label} label={<bdi>{label}</bdi>} mono>
            <bdi>{value}</bdi>
          </Fact>
        ))}
      </dl>
    </div>
  );
}
