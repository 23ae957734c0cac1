/** A background that is nothing but the link to the real offscreen document. */
import { createOffscreenHost } from "../../../src/background/offscreen-link.ts";
import { serveCalls } from "./serve-calls.ts";

serveCalls(createOffscreenHost());
