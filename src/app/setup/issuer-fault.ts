import { t } from "../../platform/i18n.ts";
import { isLoopbackHost } from "../../setup/issuer.ts";

/** What an issuer lacks, where that is one plain thing; null for what only its rule says. */
export function issuerFault(issuer: string): string | null {
  if (!/^https?:\/\//i.test(issuer)) return t("setup_fault_https");
  if (!URL.canParse(issuer)) return null;
  const { protocol, hostname, port } = new URL(issuer);
  if (isLoopbackHost(hostname)) return null;
  if (protocol === "http:") return t("setup_fault_https");
  return port === "" ? null : t("setup_fault_port");
}
