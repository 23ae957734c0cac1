import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import type { CaptureSettings } from "../../../messaging/captures-view.ts";
import { t } from "../../../platform/i18n.ts";
import { holdsPageCapture } from "../../../platform/permissions.ts";
import { ErrorPanel } from "../../../ui/error-panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton-rows.tsx";
import { NamingRules } from "./naming-rules.tsx";
import { PageFormat } from "./page-format.tsx";
import { Segments } from "./segments.tsx";
import { useCaptureSettings } from "./use-capture-settings.ts";

/** Formats, duplicates and names of captures. */
export function CaptureChoices({ profile }: { profile: string }) {
  const editor = useCaptureSettings(profile);
  const { settings, error, change } = editor;
  const held = useSignal(false);
  const id = useId();
  useEffect(() => {
    void holdsPageCapture().then((holds) => {
      held.value = holds;
    });
  }, []);
  if (settings === null) {
    return error ? <ErrorPanel error={error} onRetry={() => void editor.reload()} /> : <SkeletonRows count={3} />;
  }
  // Without the permission pages are saved as HTML whatever the settings say.
  const page: CaptureSettings["page"] = held.value ? settings.page : "html";
  return (
    <>
      <PageFormat
        value={page}
        onChange={(next, holds) => {
          held.value = holds;
          void change((before) => ({ ...before, page: next }));
        }}
      />
      <Segments
        label={t("selection_format")}
        options={[
          ["markdown", t("selection_markdown")],
          ["text", t("selection_text")],
        ]}
        value={settings.selection}
        onChange={(selection) => void change((before) => ({ ...before, selection }))}
      />
      <div class="choice">
        <input
          id={id}
          type="checkbox"
          class="check"
          aria-describedby={`${id}-hint`}
          checked={settings.duplicates === "skip"}
          onChange={({ currentTarget: { checked } }) =>
            void change((before) => ({ ...before, duplicates: checked ? "skip" : "keep" }))
          }
        />
        <label for={id}>{t("skip_duplicates")}</label>
        <p id={`${id}-hint`} class="small muted">
          {t("skip_duplicates_hint")}
        </p>
      </div>
      <NamingRules
        settings={settings}
        formats={{ page, selection: settings.selection }}
        error={error}
        change={change}
      />
    </>
  );
}
