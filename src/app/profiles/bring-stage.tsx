import { useId, useRef } from "preact/hooks";
import { t } from "../../platform/i18n.ts";
import { looksLikeLink, profileLink } from "../../shared/profile-link.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { FileInput } from "../../ui/file-input.tsx";
import type { ImportRun } from "./import-run.ts";
import { StageHeading } from "./stage-heading.tsx";

/** Bytes of a file that are looked at. */
const longest = 100_000;

/** A profile by paste, by file or by link; what setup printed is a profile too. */
export function BringStage({ run, from }: { run: ImportRun; from: string | null }) {
  const { text, bring } = run;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const hint = useId();
  const link = looksLikeLink(text.value) ? profileLink(text.value) : null;
  return (
    <section class="import-stage">
      <StageHeading text={t("import_bring")} focus={false} />
      <p class="muted">{t("import_bring_hint")}</p>
      <div class="field">
        <label for={id}>{t("import_field")}</label>
        <textarea
          id={id}
          class="code profile-text"
          spellcheck={false}
          autocomplete="off"
          aria-describedby={hint}
          placeholder={t("import_placeholder")}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            bring.clear();
          }}
        />
        <p id={hint} class="muted small link-hint">
          {link === null ? t("import_asks_nothing") : t(from === null ? "import_link" : "import_link_given", link.host)}
        </p>
      </div>
      <div class="buttons">
        <Button kind="primary" busy={bring.pending} onClick={() => bring.run()}>
          {link === null ? t("profile_check") : t("import_fetch", link.host)}
        </Button>
        <Button icon="file" onClick={() => input.current?.click()}>
          {t("profile_file")}
        </Button>
        <FileInput
          input={input}
          label={t("profile_file")}
          accept=".json,.txt,application/json,text/plain"
          onFiles={async ([file]) => {
            text.value = await file.slice(0, longest).text();
            await bring.run();
          }}
        />
      </div>
      {bring.error && <ErrorPanel error={bring.error} />}
    </section>
  );
}
