/** The entry of checks.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { checkPart } from "./check-part.ts";

handOver("checks", checkPart);
