/** The entry of access.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { accessPart } from "./access-part.ts";

handOver("access", accessPart);
