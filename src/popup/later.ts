/** What is behind the first page, in one file: more of them would compress worse and come one after the other. */
export { ConfirmationHost } from "../ui/confirmation.tsx";
export { ChangeRole } from "../ui/roles/change-role.tsx";
export { ChooseRole } from "../ui/roles/choose-role.tsx";
export { DropTarget } from "../ui/storage/drop-target.tsx";
export { SessionDetails } from "../ui/storage/session-details.tsx";
export { sessionMenu } from "../ui/storage/session-menu.ts";
export { uploadFiles } from "../ui/storage/uploads.ts";
export { TransferStrip } from "../ui/transfers/transfer-strip.tsx";
export { Welcome } from "../ui/welcome.tsx";
export { CapturePanel } from "./capture/capture-panel.tsx";
export { openSaveMenu, openScreenshotMenu } from "./capture/menus.ts";
export { take } from "./capture/taking.ts";
export { EditorPage } from "./editor-page.tsx";
export { FilePage } from "./file-page.tsx";
export { SiteLine } from "./site/site-line.tsx";
