/** What comes when captures are first looked at. */
export { CapturesPage } from "./captures-page.tsx";
export { loadLook } from "./look.ts";
