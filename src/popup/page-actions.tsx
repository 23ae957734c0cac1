import type { ComponentChildren } from "preact";
import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { SplitButton } from "../ui/split-button.tsx";
import { ownerOf } from "../ui/state/owner.ts";
import { Behind } from "./behind.tsx";
import { captureHeight } from "./capture-height.ts";
import { withLater } from "./load-later.ts";
import { canCapture } from "./page-tab.ts";

interface PageActionsProps {
  view: View;
  profile: string;
  /** The page's main button, where there is no other. */
  primary?: boolean;
  /** What else one came for, in the same row. */
  children?: ComponentChildren;
}

/** What can be done with the page in view, and what became of it. The buttons are there at once, the rest comes after them. */
export function PageActions({ view, profile, primary = false, children }: PageActionsProps) {
  const disabled = !canCapture("any");
  return (
    <section class="page-actions" aria-label={t("page_actions")}>
      <div class="actions">
        <SplitButton
          label={t("save_page")}
          moreLabel={t("save_page_more")}
          kind={primary ? "primary" : "plain"}
          disabled={disabled}
          onClick={() => withLater(({ take }) => take(profile, "page"))}
          onMore={(anchor) => withLater(({ openSaveMenu }) => openSaveMenu(anchor, profile))}
        />
        <SplitButton
          label={t("screenshot")}
          moreLabel={t("screenshot_more")}
          disabled={disabled}
          onClick={() => withLater(({ take }) => take(profile, "screenshot"))}
          onMore={(anchor) => withLater(({ openScreenshotMenu }) => openScreenshotMenu(anchor, profile))}
        />
        {children}
      </div>
      <Behind
        draw={({ CapturePanel }) => <CapturePanel view={view} profile={profile} />}
        meanwhile={<div style={{ height: `${captureHeight(view.captures, ownerOf(view) !== null)}px` }} />}
      />
    </section>
  );
}
