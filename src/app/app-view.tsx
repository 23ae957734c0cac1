import type { View } from "../messaging/view.ts";
import { t } from "../platform/i18n.ts";
import { AccountBar } from "../ui/account-bar.tsx";
import { ConfirmationHost } from "../ui/confirmation.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { openMenu } from "../ui/menu.tsx";
import { ChangeRole } from "../ui/roles/change-role.tsx";
import { ChooseRole } from "../ui/roles/choose-role.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";
import { ownerOf } from "../ui/state/owner.ts";
import type { LiveView } from "../ui/state/view-signal.ts";
import { SessionDetails } from "../ui/storage/session-details.tsx";
import { sessionMenu } from "../ui/storage/session-menu.ts";
import { SessionNotices } from "../ui/storage/session-notices.tsx";
import { SignInPanel } from "../ui/storage/sign-in-panel.tsx";
import { Toaster } from "../ui/toaster.tsx";
import { TransferStrip } from "../ui/transfers/transfer-strip.tsx";
import { Welcome } from "../ui/welcome.tsx";
import { ActivityPlace } from "./activity/activity-place.tsx";
import { CapturesPlace } from "./captures/captures-place.tsx";
import { DoctorPlace } from "./doctor/doctor-place.tsx";
import { DeletionStrip } from "./files/deletion/deletion-strip.tsx";
import { FilesPage } from "./files/files-page.tsx";
import { ItemsPage } from "./items/items-page.tsx";
import { ImportPlace } from "./profiles/import-place.tsx";
import { ProofPlace } from "./proof/proof-place.tsx";
import { Rail } from "./rail.tsx";
import { goTo, route } from "./route.ts";
import { SettingsPage } from "./settings/settings-page.tsx";
import { SetupPlace } from "./setup/setup-place.tsx";
import { SitesPlace } from "./sites/sites-place.tsx";
import { TransfersPage } from "./transfers/transfers-page.tsx";

/** The full page: profile and person above, places on the left, what one looks at beside them, transfers below. */
export function App({ live }: { live: LiveView }) {
  const view = live.view.value;
  return (
    <>
      {view === null ? <Waiting unreachable={live.unreachable.value} /> : <Shell view={view} />}
      <ConfirmationHost />
      {view !== null && <ChangeRole view={view} />}
      {view !== null && <SessionDetails view={view} />}
    </>
  );
}

const toTransfers = () => goTo({ page: "transfers" });
const toSetup = () => goTo({ page: "setup" });
const toImport = () => goTo({ page: "import", from: null });
const toSettings = () => goTo({ page: "settings" });

function Shell({ view }: { view: View }) {
  const menu = sessionMenu(view);
  const owner = ownerOf(view);
  return (
    <div class="shell">
      <AccountBar
        view={view}
        onMenu={menu.length > 0 ? (anchor) => openMenu(anchor, t("menu"), menu) : null}
        onManageProfiles={toSettings}
      />
      <Rail view={view} />
      <div class="stage">
        <Place view={view} />
      </div>
      <div class="dock">
        {owner && <DeletionStrip owner={owner} />}
        {route.value.page !== "transfers" && <TransferStrip transfers={view.transfers} onAll={toTransfers} />}
      </div>
      <Toaster />
    </div>
  );
}

function Place({ view }: { view: View }) {
  const owner = ownerOf(view);
  const here = route.value;
  if (here.page === "settings") return <SettingsPage view={view} />;
  if (here.page === "setup") return <SetupPlace />;
  if (here.page === "import") return <ImportPlace key={here.from} from={here.from} />;
  // Also of a sign-in that does not work.
  if (here.page === "activity") return <ActivityPlace view={view} />;
  if (view.activeProfile === null) return <Welcome onImport={toImport} onSetUp={toSetup} />;
  if (here.page === "doctor") return <DoctorPlace view={view} profile={view.activeProfile} />;
  if (here.page === "proof") return <ProofPlace view={view} profile={view.activeProfile} />;
  if (view.session.state === "choosing-role") {
    return <ChooseRole view={view} session={view.session} profile={view.activeProfile} />;
  }
  if (owner === null) return <SignInPanel view={view} profile={view.activeProfile} />;
  // A page belongs to one person: another one gets a page of their own.
  const person = `${owner.profile} ${owner.identity}`;
  const notices = <SessionNotices view={view} owner={owner} />;
  if (here.page === "transfers") return <TransfersPage key={person} transfers={view.transfers} notices={notices} />;
  if (here.page === "captures") {
    return <CapturesPlace key={person} owner={owner} captures={view.captures} route={here} notices={notices} />;
  }
  if (here.page === "sites") {
    return <SitesPlace key={person} view={view} owner={owner} open={here.open} notices={notices} />;
  }
  return here.page === "files" ? (
    <FilesPage key={person} owner={owner} route={here} view={view} notices={notices} />
  ) : (
    <ItemsPage key={person} owner={owner} route={here} notices={notices} />
  );
}

function Waiting({ unreachable }: { unreachable: boolean }) {
  return (
    <main class="centre">
      <h1 class="sr">{t("extension_name")}</h1>
      {unreachable ? <ErrorPanel error={{ code: "background-unreachable", facts: {} }} /> : <SkeletonRows count={8} />}
    </main>
  );
}
