import { expect, test } from "vitest";
import { createLives } from "./lives.ts";

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test("what a life has under way when it ends comes to nothing; the test and the next life go on", async () => {
  const lives = createLives();
  const kept: string[] = [];
  const keep = lives.mortal(async (who: string) => void kept.push(who));
  const late = (who: string) => soon().then(() => keep(who));
  lives.begin(() => void late("first"));
  lives.begin(() => void late("second"));
  await late("test");
  expect(kept).toEqual(["second", "test"]);
});
