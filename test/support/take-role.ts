import type { ElementHandle } from "puppeteer-core";
import type { PersonOnPage } from "./person-on-page.ts";
import { poll } from "./poll.ts";

/** Clicks a role in the picker by its name: the button's text goes on with what the role is for, and its ARN. */
export async function takeRole({ page }: PersonOnPage, name: string): Promise<void> {
  await poll(`the role "${name}"`, async () => {
    const found = await page.evaluateHandle(
      (wanted) =>
        [...document.querySelectorAll(".role:not([aria-disabled])")].find(
          (role) => role.querySelector(".role-name")?.textContent === wanted,
        ) ?? null,
      name,
    );
    const role = found.asElement() as ElementHandle<Element> | null;
    await role?.click();
    return role;
  });
}
