/** `npm run reference` */
import { readFile, writeFile } from "node:fs/promises";
import { renderReference } from "./render-reference.ts";

const types = await readFile(new URL("../../client/src/types.ts", import.meta.url), "utf8");
await writeFile(new URL("../../docs/sites/reference.md", import.meta.url), renderReference(types));
