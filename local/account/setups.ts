import { type RenderedSetup, renderSetup } from "../../src/setup/render-setup.ts";
import { localSettings, poolSettings } from "../config.ts";

/** What setup renders for each way to credentials. */
export interface AccountSetups {
  webIdentity: RenderedSetup;
  pool: RenderedSetup;
}

export function accountSetups(issuer: string): AccountSetups {
  return { webIdentity: renderSetup(localSettings(issuer)), pool: renderSetup(poolSettings(issuer)) };
}
