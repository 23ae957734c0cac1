/** Somebody at a sign-in window, without a browser: follows redirects with cookies and fills in the login form. */
export interface PersonAtWindow {
  /** Who sits there; null closes the window. */
  who: { name: string; password: string } | null;
  /** As `identity.launchWebAuthFlow`: resolves to the redirect, rejects with Chromium's sentences. */
  launch(details: { url: string; interactive: boolean }): Promise<string>;
}

/** More steps than any sign-in has. */
const mostSteps = 20;

export function createPersonAtWindow(redirectUrl: string): PersonAtWindow {
  const cookies = new Map<string, string>();

  async function visit(url: string, form: URLSearchParams | null): Promise<Response> {
    const response = await fetch(url, {
      method: form === null ? "GET" : "POST",
      body: form,
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  const person: PersonAtWindow = {
    who: null,
    async launch({ url, interactive }) {
      let next = url;
      let form: URLSearchParams | null = null;
      for (let step = 0; step < mostSteps; step++) {
        const response = await visit(next, form);
        form = null;
        const location = response.headers.get("location");
        if (location !== null) {
          next = new URL(location, next).href;
          if (next.startsWith(redirectUrl)) return next;
          continue;
        }
        if (response.status >= 400) throw new Error("Authorization page could not be loaded.");
        if (!interactive) throw new Error("User interaction required.");
        if (person.who === null) throw new Error("The user did not approve access.");
        const page = await response.text();
        const action = /<form[^>]* action="([^"]*)"/.exec(page)?.[1];
        if (action === undefined) throw new Error("The user did not approve access.");
        next = new URL(action.replaceAll("&amp;", "&"), next).href;
        const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
        form = new URLSearchParams(hidden.map(([, name = "", value = ""]) => [name, value]));
        if (page.includes('name="login"')) {
          form.set("login", person.who.name);
          form.set("password", person.who.password);
        }
      }
      throw new Error("The user did not approve access.");
    },
  };
  return person;
}
