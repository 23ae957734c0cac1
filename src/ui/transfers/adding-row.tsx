import { t } from "../../platform/i18n.ts";
import { IconButton } from "../button.tsx";
import { count } from "../format/count.ts";
import { Icon } from "../icon.tsx";
import { adding, stopAdding } from "../storage/upload-state.ts";

/** Files on their way to the background: until it has them the page has to stay. */
export function AddingRow() {
  if (adding.value === null) return null;
  const { done, total } = adding.value;
  const text = t("adding_files", count(done), count(total));
  return (
    <div class="transfer adding">
      <Icon name="upload" />
      <div class="transfer-body">
        <div class="transfer-line">
          <span>{text}</span>
          <span class="small muted">{t("adding_stay")}</span>
        </div>
        <progress value={done} max={total} aria-label={text} />
      </div>
      <IconButton icon="x" label={t("adding_stop")} onClick={stopAdding} />
    </div>
  );
}
