import { useSignal } from "@preact/signals";
import { t } from "../platform/i18n.ts";
import { patternsOf, requestHosts } from "../platform/permissions.ts";
import type { WireError } from "../shared/result.ts";
import { Button } from "./button.tsx";
import { errorFacts, errorText } from "./error-text.ts";
import { Fact } from "./fact.tsx";
import { Icon } from "./icon.tsx";

interface ErrorPanelProps {
  error: WireError;
  /** Does again what failed. Where a host's permission is missing it is asked for first. */
  onRetry?: (() => void) | undefined;
}

/** The sign-in button is elsewhere, and trying again would only fail again. */
const mendedBySignIn: ReadonlySet<string> = new Set(["session-ended", "signed-out"]);

export const canRetry = ({ code }: WireError) => !mendedBySignIn.has(code);

/** What the doctor finds the cause of: how the environment is set up, not how the person or the network is. */
const doctored =
  /^(?:access-denied|(?:issuer|id-token|provider|trust|token|bucket|table)-|client-refused|wrong-region|clock)/;

function isDoctored({ code }: WireError): boolean {
  return doctored.test(code);
}

/** From the popup it opens the app. */
function DoctorLink() {
  const inApp = location.pathname.endsWith("/app.html");
  return (
    <a class="doctor-link" {...(inApp ? { href: "#/doctor" } : { href: "/app.html#/doctor", target: "_blank" })}>
      {t("run_doctor")}
    </a>
  );
}

/** What happened, why, and what to do; code, service's code and request id one click away. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const { what, fix } = errorText(error);
  return (
    <div class="error-panel" role="alert">
      <Icon name="alert" />
      <div class="error-body">
        <p class="error-what">{what}</p>
        {fix !== "" && <p class="error-fix">{fix}</p>}
        {onRetry && canRetry(error) && (
          <div class="buttons">
            <RetryButton error={error} onRetry={onRetry} />
          </div>
        )}
        {isDoctored(error) && <DoctorLink />}
        <ErrorDetails error={error} />
      </div>
    </div>
  );
}

/** Does again what failed; where a host's permission is missing, asks for it first. */
export function RetryButton({ error, onRetry }: { error: WireError; onRetry: () => void }) {
  const host = error.code === "permission-needed" ? error.facts.subs?.[0] : undefined;
  if (host === undefined) {
    return (
      <Button icon="refresh" onClick={onRetry}>
        {t("retry")}
      </Button>
    );
  }
  // The browser's question has to be asked in the click itself.
  const allow = () => void requestHosts(patternsOf(host)).then((held) => held && onRetry());
  return <Button onClick={allow}>{t("allow_host", host)}</Button>;
}

interface ErrorDetailsProps {
  error: WireError;
  /** The way to the doctor is among them, where it could find the cause. */
  doctor?: boolean;
}

/** The folded facts of an error, with a button that copies them. */
export function ErrorDetails({ error, doctor = false }: ErrorDetailsProps) {
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
          <Fact key={label} label={label} mono>
            {value}
          </Fact>
        ))}
      </dl>
      <Button kind="quiet" icon={copied.value ? "check" : "copy"} onClick={copy}>
        {t(copied.value ? "copied" : "copy_details")}
      </Button>
      {doctor && isDoctored(error) && <DoctorLink />}
    </details>
  );
}
