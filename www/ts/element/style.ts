// The style sheet of the line of advice and its buttons.

/**
 * Shops can set the custom properties `--inseam-fits`, `--inseam-small`, `--inseam-large` and
 * `--inseam-radius`, or style the parts. Properties that begin with `--_` are internal; the prefix
 * keeps them apart from the page's own. Colours follow the page's `color-scheme`; the font is the
 * page's.
 */
export const lineStyle = `
:host { --_fits: var(--inseam-fits, #2f7d5d); --_small: var(--inseam-small, #c2662a); --_large: var(--inseam-large, #5b79ad);
  --_soft: color-mix(in srgb, currentColor 74%, transparent); --_hair: color-mix(in srgb, currentColor 16%, transparent); --_round: var(--inseam-radius, 8px);
  display: block; container-type: inline-size; font: inherit; color: inherit; line-height: 1.45; text-align: start; }
@supports (color: light-dark(#000, #fff)) {
  :host { --_fits: var(--inseam-fits, light-dark(#2f7d5d, #63b48f)); --_small: var(--inseam-small, light-dark(#c2662a, #e39a63)); --_large: var(--inseam-large, light-dark(#5b79ad, #8fabdc)); }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.summary { min-height: 3.9em; }
.line { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6em; min-height: 1.45em; margin: 0; text-wrap: pretty; }
.tape { width: 1.3em; height: .82em; color: var(--_fits); margin-top: .34em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.tape:has(+ :empty) { visibility: hidden; }
.size { font-weight: 650; padding: .06em .5em .08em; border-radius: 99px; background: color-mix(in srgb, var(--_fits) 16%, transparent); white-space: nowrap; }
.rest { color: var(--_soft); }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .4em .9em; margin: .3em 0 0; padding-inline-start: 1.9em; }
button { font: inherit; color: inherit; cursor: pointer; }
.actions button, .forget { background: none; border: 0; padding: .3em 0; min-height: 24px; text-align: start; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
.actions button:hover, .forget:hover { text-decoration-color: currentColor; }
.actions .accept { font-weight: 600; padding: .3em .9em; border: 1px solid; border-radius: var(--_round); text-decoration: none; }
.actions .accept:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
.chosen { padding: .3em 0; color: var(--_soft); }
.chosen::before { content: "✓"; margin-inline-end: .4em; color: var(--_fits); }
:is(button, input, select):focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 3px; }
.actions slot { display: block; padding: .3em 0; }
.busy { visibility: hidden; }
@container (max-width: 28em) { .summary { min-height: 5.35em; } }
@container (max-width: 17em) { .summary { min-height: 6.6em; } }
@media (forced-colors: active) { .size { border: 1px solid; } }
`;
