/** The entry of sites.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { sitePart } from "./site-part.ts";

handOver("sites", sitePart);
