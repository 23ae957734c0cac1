/** The entry of activity.js: hands its part over to the background that ran it. */
import { handOver } from "../late-script.ts";
import { activityPart } from "./activity-part.ts";

handOver("activity", activityPart);
