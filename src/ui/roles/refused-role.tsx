import { t } from "../../platform/i18n.ts";
import type { WireError } from "../../shared/result.ts";
import { ErrorDetails } from "../error-panel.tsx";
import { errorText } from "../error-text.ts";
import { Icon } from "../icon.tsx";

interface RefusedRoleProps {
  name: string;
  error: WireError;
  /** What goes on: nothing yet, or the role before. */
  kept: boolean;
  /** There are others to choose. */
  others: boolean;
}

/** Which role it was, why not, and that there are others. */
export function RefusedRole({ name, error, kept, others }: RefusedRoleProps) {
  const refused = error.code === "trust-refused";
  const { what, fix } = errorText(error);
  return (
    <div class="error-panel" role="alert">
      <Icon name="alert" />
      <div class="error-body">
        <p class="error-what">{refused ? t("role_refused", name) : t("role_not_taken", name)}</p>
        {refused ? (
          <p>{kept ? t("role_refused_kept") : others ? t("role_refused_others") : t("role_refused_only")}</p>
        ) : (
          <p>
            {what} {fix}
          </p>
        )}
        <ErrorDetails error={error} />
      </div>
    </div>
  );
}
