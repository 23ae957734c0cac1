/** The entry of captures.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { capturePart } from "./capture-part.ts";

handOver("captures", capturePart);
