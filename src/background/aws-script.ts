/** The entry of aws.js: hands its part over to the worker that imported it. */
import { awsPart } from "./aws-part.ts";
import { handOver } from "./late-script.ts";

handOver("aws", awsPart);
