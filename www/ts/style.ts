/** The element's style. Shops set the custom properties, or the parts `line`, `size`, `toggle` and `details`. */
export const style = `
:host { display: block; font: inherit; color: inherit; line-height: 1.45; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.line { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15em .45em; margin: 0; }
.line svg { width: 1.25em; height: .8em; flex: none; color: var(--inseam-fits, #2f7d5d); align-self: center; }
.size { font-weight: 650; font-size: 1.12em; padding: .02em .5em; border-radius: 99px; background: var(--inseam-chip, #e5f0ea); color: var(--inseam-chip-ink, #17543b); white-space: nowrap; }
.rest, .quiet { color: var(--inseam-quiet, #605a52); }
button { font: inherit; color: inherit; background: none; border: 0; padding: .3em 0; margin: -.3em 0; cursor: pointer; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em; }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 3px; border-radius: 2px; }
.details { margin-top: .9em; }
.details[hidden] { display: none; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .4em; }
li { display: grid; grid-template-columns: 3.4em minmax(0, 1fr) 3.4em; gap: .7em; align-items: center; }
li > span:first-child { text-align: right; font-variant-numeric: tabular-nums; }
li[aria-current] > span { font-weight: 650; }
.bar { display: flex; gap: 2px; height: .85em; border-radius: 99px; overflow: hidden; }
.bar i { display: block; min-width: 0; flex: 0 0 auto; transition: flex-basis .35s ease; }
.small { background: var(--inseam-small, #d98a54); }
.fits { background: var(--inseam-fits, #2f7d5d); }
.large { background: var(--inseam-large, #6d88b8); }
li:not([aria-current]) .bar { opacity: .62; }
.share { text-align: right; font-variant-numeric: tabular-nums; }
.key { display: flex; flex-wrap: wrap; gap: .2em 1.1em; margin: .8em 0 0; font-size: .86em; color: var(--inseam-quiet, #605a52); }
.key i { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .4em; }
.reasons { margin: .7em 0 0; padding: 0; font-size: .92em; color: var(--inseam-quiet, #605a52); }
.reasons p { margin: .15em 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .bar i { transition: none; } }
`;
