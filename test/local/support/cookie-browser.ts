/** Just enough of a browser to go through a sign-in: cookies, forms, and redirects one at a time. */
export class CookieBrowser {
  readonly #cookies = new Map<string, string>();

  /** Requests `url`; a redirect is returned, not followed. */
  async open(url: string | URL, form?: Record<string, string>): Promise<Response> {
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Follows redirects on `origin` until a page, or a redirect that leaves it. */
  async follow(url: string | URL, origin: string): Promise<{ page: Response } | { left: URL }> {
    let next = new URL(url);
    for (let hop = 0; hop < 20; hop++) {
      const answer = await this.open(next);
      const location = answer.headers.get("location");
      if (location === null) return { page: answer };
      next = new URL(location, next);
      if (next.origin !== origin) return { left: next };
    }
    throw new Error(`${url} redirects without end.`);
  }
}
