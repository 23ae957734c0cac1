import { escapeMarkup } from "../http/xml.ts";
import { page } from "./page.ts";

export interface LoginForm {
  /** Where the form goes. */
  action: string;
  /** What was typed before, or the client's `login_hint`. */
  name: string;
  /** Name and password did not match. */
  refused: boolean;
}

/** Name and password. A refusal keeps the name and puts the cursor where the mistake probably is. */
export function loginPage({ action, name, refused }: LoginForm): string {
  const focusPassword = name !== "";
  const problem = refused
    ? '<p class="problem" id="problem" role="alert">This name and password do not belong together.</p>'
    : "";
  const described = refused ? ' aria-invalid="true" aria-describedby="problem"' : "";
  return page(
    "Sign in",
    `<h1>Sign in</h1>
${problem}<form method="post" action="${escapeMarkup(action)}">
<label for="login">Name</label>
<input id="login" name="login" value="${escapeMarkup(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described}${focusPassword ? "" : " autofocus"}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}${focusPassword ? " autofocus" : ""}>
<button type="submit">Sign in</button>
</form>
<p class="hint">For development on this machine. The people and their passwords are in the terminal that started it.</p>`,
  );
}
