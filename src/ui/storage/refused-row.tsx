import { t } from "../../platform/i18n.ts";
import { IconButton } from "../button.tsx";
import { ErrorDetails } from "../error-panel.tsx";
import { errorText } from "../error-text.ts";
import { FileName } from "../file-name.tsx";
import { baseName } from "../format/file-kind.ts";
import { Icon } from "../icon.tsx";
import { dismissRefusals, type Refusal } from "./upload-state.ts";

/** A picked file that was not taken: why, and what to do. */
export function RefusedRow({ refusal }: { refusal: Refusal }) {
  const { path, error } = refusal;
  const { what, fix } = errorText(error);
  const name = baseName(path);
  return (
    <li class="transfer failed">
      <Icon name="alert" label={t("transfer_failed")} />
      <div class="transfer-body" role="alert">
        <FileName name={name} />
        <p class="small bad">{what}</p>
        <p class="small">{fix}</p>
        <ErrorDetails error={error} />
      </div>
      <IconButton icon="x" label={t("dismiss_name", name)} onClick={() => dismissRefusals([refusal])} />
    </li>
  );
}
