import type { View } from "../../messaging/view.ts";
import { Behind } from "../behind.tsx";
import { pageOrigin } from "../page-tab.ts";

/** What the page in view may do with the person's storage. Its place is there from the start; nothing where no site can be connected. */
export function SiteFoot({ view, profile }: { view: View; profile: string }) {
  const origin = pageOrigin();
  if (origin === null) return null;
  return (
    <div class="site-foot">
      <Behind draw={({ SiteLine }) => <SiteLine view={view} profile={profile} origin={origin} />} />
    </div>
  );
}
