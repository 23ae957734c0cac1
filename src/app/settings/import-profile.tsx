import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { ProfilePreview } from "../../messaging/profiles-protocol.ts";
import { t } from "../../platform/i18n.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { showToast } from "../../ui/state/toasts.ts";
import { useCommand } from "../../ui/state/use-command.ts";
import { hostName, PreviewPanel } from "./preview-panel.tsx";

/** Characters. A profile has some hundred: whatever is longer is another file, and cutting it off makes no profile of it. */
const longest = 20_000;

/** Takes a profile by file or by paste, shows what it would reach, and keeps it once that is allowed. */
export function ImportProfile({ first }: { first: boolean }) {
  const text = useSignal("");
  const preview = useSignal<ProfilePreview | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const check = useCommand(async () => {
    preview.value = await call("profiles.preview", { text: text.value.slice(0, longest) });
  });
  const keep = useCommand(async (granted: Promise<boolean>, hosts: string[]) => {
    if (!(await granted)) throw new HoldallError("permission-needed", { subs: [hosts.map(hostName).join(", ")] });
    await call("profiles.import", { text: text.value.slice(0, longest) });
    showToast(t("profile_imported", preview.value?.profile.name ?? ""));
    text.value = "";
    preview.value = null;
  });
  const take = async (next: string) => {
    text.value = next;
    preview.value = null;
    keep.clear();
    await check.run();
  };
  const found = preview.value;
  if (found !== null) {
    return (
      <div class="card column">
        <PreviewPanel preview={found} />
        {keep.error && <ErrorPanel error={keep.error} />}
        <div class="buttons">
          <Button
            kind="primary"
            busy={keep.pending}
            // The browser's question has to be asked in the click itself.
            onClick={() => keep.run(requestHosts(found.hosts), found.hosts)}
          >
            {found.foreignSts !== null
              ? t("profile_trust", found.foreignSts)
              : t(found.replaces ? "profile_replace" : "profile_allow")}
          </Button>
          <Button onClick={() => (preview.value = null)}>{t("cancel")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div class="card column">
      <div class="field">
        <label for={id}>{t(first ? "profile_import_first" : "profile_import_more")}</label>
        <textarea
          id={id}
          class="code profile-text"
          spellcheck={false}
          autocomplete="off"
          placeholder={t("profile_placeholder")}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            check.clear();
          }}
        />
      </div>
      {check.error && <ErrorPanel error={check.error} />}
      <div class="buttons">
        <Button kind="primary" busy={check.pending} onClick={() => check.run()}>
          {t("profile_check")}
        </Button>
        <Button icon="file" onClick={() => input.current?.click()}>
          {t("profile_file")}
        </Button>
        <input
          ref={input}
          class="sr"
          type="file"
          accept=".json,application/json"
          tabIndex={-1}
          aria-label={t("profile_file")}
          onChange={async (event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file !== undefined) await take(await file.slice(0, longest).text());
          }}
        />
      </div>
    </div>
  );
}
