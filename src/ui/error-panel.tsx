import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { t } from "../platform/i18n.ts";
import type { WireError } from "../shared/result.ts";
import { Button } from "./button.tsx";
import { errorFacts, errorText } from "./error-text.ts";
import { Icon } from "./icon.tsx";

interface ErrorPanelProps {
  error: WireError;
  /** Buttons that mend it, the first thing to try first. */
  children?: ComponentChildren;
}

/** What happened, why, and what to do; code, service's code and request id one click away. */
export function ErrorPanel({ error, children }: ErrorPanelProps) {
  const { what, fix } = errorText(error);
  return (
    <div class="error-panel" role="alert">
      <Icon name="alert" />
      <div class="error-body">
        <p class="error-what">{what}</p>
        {fix !== "" && <p class="error-fix">{fix}</p>}
        {children && <div class="buttons">{children}</div>}
        <ErrorDetails error={error} />
      </div>
    </div>
  );
}

/** The folded facts of an error, with a button that copies them. */
export function ErrorDetails({ error }: { error: WireError }) {
  const copied = useSignal(false);
  const facts = errorFacts(error);
  const copy = async () => {
    await navigator.clipboard.writeText(facts.map(([label, value]) => `${label}: ${value}`).join("\n"));
    copied.value = true;
  };
  return (
    <details class="error-details">
      <summary>{t("details")}</summary>
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <Button kind="quiet" icon={copied.value ? "check" : "copy"} onClick={copy}>
        {t(copied.value ? "copied" : "copy_details")}
      </Button>
    </details>
  );
}
