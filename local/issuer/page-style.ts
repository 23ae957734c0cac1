/** The provider's pages in both colour schemes; every text has a contrast above 4.5:1. */
export const PAGE_STYLE = `
:root { --paper: #f4f4f1; --card: #fff; --ink: #1d1f24; --soft: #565b66; --line: #8a8f99; --act: #1f5f4a; --on-act: #fff; --bad: #a3201d; --bad-paper: #fdeeed; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --card: #202328; --ink: #eceef1; --soft: #b1b6c0; --line: #757b87; --act: #7fd1b0; --on-act: #0d2a20; --bad: #ffb3ad; --bad-paper: #3a1f1f; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(100%, 22rem); padding: 1.75rem; background: var(--card); border: 1px solid color-mix(in srgb, var(--line) 40%, transparent); border-radius: 12px; }
.who { margin: 0; color: var(--soft); font-size: .8125rem; }
h1 { margin: .125rem 0 1.25rem; font-size: 1.375rem; line-height: 1.25; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; font-size: .875rem; }
input { width: 100%; margin: 0 0 1rem; padding: .5rem .625rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
button { width: 100%; padding: .625rem; font: inherit; font-weight: 600; color: var(--on-act); background: var(--act); border: 0; border-radius: 8px; cursor: pointer; }
button:hover { filter: brightness(1.08); }
input:focus-visible, button:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.problem { margin: 0 0 1rem; padding: .5rem .75rem; color: var(--bad); background: var(--bad-paper); border-radius: 8px; }
.hint { margin: 1rem 0 0; color: var(--soft); font-size: .8125rem; }
`;
