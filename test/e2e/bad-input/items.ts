/** What a person may type into the editor of an item. */
import { expect, test } from "vitest";
import { textOf } from "../../support/texts.ts";
import { type ExpectedError, goTo, picture, type Stage, seesError, seesRest } from "./stage.ts";

interface ItemCase {
  what: string;
  key: string;
  text: string;
  /** What is said beside the key, as a sentence and what to do. */
  atKey?: ExpectedError;
  /** What is said under the text. */
  atText?: string;
  /** What a panel says. */
  panel?: ExpectedError;
  dynamodbJson?: true;
  everywhere?: true;
}

const text = '{ "title": "A note" }';
const large = JSON.stringify({ title: "A novel", chapters: "ä".repeat(205_000) });

const CASES: ItemCase[] = [
  { what: "no sort key", key: "", text, atKey: { code: "item-key-empty" } },
  {
    what: "a sort key of 1,025 bytes",
    key: `${"k".repeat(1023)}ä`,
    text,
    atKey: { code: "item-key-too-long", subs: ["1,025"] },
    everywhere: true,
  },
  {
    what: "a whole page as sort key",
    key: "k".repeat(9000),
    text,
    atKey: { code: "item-key-too-long", subs: ["9,000"] },
  },
  { what: "a sort key of Holdall's own", key: "holdall#note", text, atKey: { code: "item-key-reserved" } },
  {
    what: "JSON with a fault",
    key: "note",
    text: '{\n  "title": "A note"\n  "tags": []\n}',
    atText: textOf("json_at", 3, 3, textOf("json_comma")),
  },
  {
    what: "NaN in plain JSON",
    key: "note",
    text: '{ "price": NaN }',
    atText: textOf("json_at", 1, 12, textOf("json_value")),
  },
  {
    what: "NaN as a typed number",
    key: "note",
    text: '{ "price": { "N": "NaN" } }',
    dynamodbJson: true,
    panel: { code: "item-invalid", subs: ["price", "is not a number"] },
  },
  {
    what: "400 KB",
    key: "novel",
    text: large,
    panel: { code: "item-too-large", subs: ["410,050"] },
    everywhere: true,
  },
];

export function itemTests(stage: () => Stage, everywhereOnly: boolean): void {
  const cases = CASES.filter(({ everywhere }) => !everywhereOnly || everywhere === true);

  test.each(cases)("$what is refused beside what was typed, which stays", async (one) => {
    const { app } = stage();
    await goTo(stage(), "/items");
    await app.click(textOf("new_item"));
    if (one.dynamodbJson) await app.choose(textOf("notation_dynamodb"));
    await app.paste(textOf("sort_key"), one.key);
    await app.paste(textOf("attributes"), one.text);
    await app.click(textOf("save"));
    if (one.atKey) await app.sees(textOf(`error_${one.atKey.code.replaceAll("-", "_")}`, ...(one.atKey.subs ?? [])));
    if (one.atText) await app.sees(one.atText);
    if (one.panel) await seesError(stage(), one.panel);
    await seesRest(stage());
    await picture(stage(), `item ${one.what}`);
    expect(await app.value(textOf("sort_key"))).toBe(one.key);
    expect(await app.value(textOf("attributes"))).toBe(one.text);

    // Mended, it is saved.
    const key = `mended ${one.what}`;
    await app.paste(textOf("sort_key"), key);
    await app.paste(textOf("attributes"), one.dynamodbJson ? '{ "price": { "N": "7" } }' : text);
    await app.click(textOf("save"));
    await app.sees(textOf("item_saved", key));
    await app.click(textOf("dismiss"));
  });
}
