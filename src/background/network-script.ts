/** The entry of network.js: hands its part over to the worker that imported it. */
import { handOver } from "./late-script.ts";
import { networkPart } from "./network-part.ts";

handOver("network", networkPart);
