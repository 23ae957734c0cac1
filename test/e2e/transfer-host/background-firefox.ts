/** A background that is nothing but the host. */
import { touch } from "../../../src/platform/lifecycle.ts";
import { createInProcessHost } from "../../../src/transfer-host/in-process.ts";
import { createJournal } from "../../../src/transfers/journal/create-journal.ts";
import { serveCalls } from "./serve-calls.ts";

serveCalls(createInProcessHost({ journal: createJournal(), fetch: (...request) => fetch(...request), touch }));
