/** The entry of profiles.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { profilePart } from "./profile-part.ts";

handOver("profiles", profilePart);
