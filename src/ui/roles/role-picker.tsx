import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { RoleChoice, RoleChoices } from "../../messaging/session-protocol.ts";
import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { EmptyState } from "../empty-state.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import { asHoldallError } from "../error-text.ts";
import { count } from "../format/count.ts";
import { SkeletonRows } from "../skeleton-rows.tsx";
import { useCommand } from "../state/use-command.ts";
import { RefusedRole } from "./refused-role.tsx";
import { roleLines } from "./role-lines.ts";
import { RoleList } from "./role-list.tsx";

interface RolePickerProps {
  profile: string;
  /** Of the profile, for people. */
  profileName: string;
  /** A role is in use already, and stays so when the next one is refused. */
  inUse: boolean;
  /** What became of the last choice, as far as the view knows. */
  refused: { name: string; error: WireError } | null;
  /** Told how many there are, once that is known. Nobody reads "choose" above nothing: who listens has the heading, too. */
  onCount?: (roles: number) => void;
  onChosen?: (role: RoleChoice) => void;
  /** Told of a refusal that came when the picker was gone. */
  onLateRefusal?: (role: RoleChoice, error: WireError) => void;
}

/** More roles than these have a search field. */
const manyRoles = 8;

function countRoles({ applications }: RoleChoices): number {
  return applications.reduce((sum, { roles }) => sum + roles.length, 0);
}

/** The roles that the person may try. Choosing one asks AWS for it. */
export function RolePicker({
  profile,
  profileName,
  inUse,
  refused,
  onCount,
  onChosen,
  onLateRefusal,
}: RolePickerProps) {
  const choices = useSignal<RoleChoices | null>(null);
  const query = useSignal("");
  const asked = useSignal<RoleChoice | null>(null);
  const failed = useSignal<{ name: string; error: WireError } | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const load = useCommand(async () => {
    choices.value = await call("session.roles", { profile });
    onCount?.(countRoles(choices.value));
  });
  useEffect(() => void load.run(), [profile]);
  useEffect(() => search.current?.focus(), [choices.value]);

  const choose = async (role: RoleChoice) => {
    asked.value = role;
    failed.value = null;
    try {
      await call("session.chooseRole", { profile, role: role.arn });
      onChosen?.(role);
    } catch (cause) {
      const error = asHoldallError(cause);
      failed.value = { name: role.name, error };
      if (box.current === null) onLateRefusal?.(role, error);
    } finally {
      asked.value = null;
    }
  };

  if (choices.value === null) {
    return load.error ? <ErrorPanel error={load.error} onRetry={() => void load.run()} /> : <SkeletonRows count={5} />;
  }
  const { applications, current } = choices.value;
  const all = countRoles(choices.value);
  if (all === 0) return <EmptyState icon="key" text={t("role_none_fix", profileName)} />;
  const searchable = all > manyRoles;
  const lines = roleLines(applications, query.value);
  const found = lines.reduce((sum, line) => ("role" in line ? sum + 1 : sum), 0);
  const problem = failed.value ?? (asked.value === null ? refused : null);
  const toList = () => box.current?.querySelector<HTMLElement>(".role[tabindex='0']")?.focus();
  return (
    <div ref={box} class="role-picker">
      {problem && <RefusedRole {...problem} kept={inUse} others={all > 1} />}
      {searchable && (
        <input
          ref={search}
          class="input"
          type="search"
          autocomplete="off"
          spellcheck={false}
          aria-label={t("role_search")}
          placeholder={t("role_search")}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown" && event.key !== "Enter") return;
            event.preventDefault();
            toList();
          }}
        />
      )}
      {/* Always there, or readers miss the first. */}
      <p class={asked.value || (searchable && query.value !== "") ? "small muted" : "sr"} role="status">
        {asked.value
          ? t("role_asking", asked.value.name)
          : searchable && query.value !== "" && found > 0
            ? t("roles_found", count(found), count(all))
            : found === 0
              ? t("role_not_found")
              : ""}
      </p>
      <RoleList
        // A new search begins at its top.
        key={query.value}
        applications={applications}
        lines={lines}
        current={current}
        start={query.value === "" ? current : null}
        mark={inUse ? t("role_in_use") : t("role_last_used")}
        asked={asked.value?.arn ?? null}
        focused={query.value === "" && !searchable}
        onChoose={(role) => void choose(role)}
        onLeave={() => search.current?.focus()}
      />
    </div>
  );
}
