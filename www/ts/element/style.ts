// The element's style sheet.

/**
 * Shops can set the custom properties `--inseam-fits`, `--inseam-small`, `--inseam-large` and
 * `--inseam-radius`, or style the parts. Properties that begin with `--_` are internal; the prefix
 * keeps them apart from the page's own. Colours follow the page's `color-scheme`; the font is the
 * page's.
 */
export const style = `
:host { --_fits: var(--inseam-fits, #2f7d5d); --_small: var(--inseam-small, #c2662a); --_large: var(--inseam-large, #5b79ad);
  --_soft: color-mix(in srgb, currentColor 74%, transparent); --_hair: color-mix(in srgb, currentColor 16%, transparent); --_round: var(--inseam-radius, 8px);
  display: block; container-type: inline-size; font: inherit; color: inherit; line-height: 1.45; text-align: start; }
@supports (color: light-dark(#000, #fff)) {
  :host { --_fits: var(--inseam-fits, light-dark(#2f7d5d, #63b48f)); --_small: var(--inseam-small, light-dark(#c2662a, #e39a63)); --_large: var(--inseam-large, light-dark(#5b79ad, #8fabdc)); }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.summary { min-height: 3.7em; }
.line { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6em; margin: 0; text-wrap: pretty; }
.tape { width: 1.3em; height: .82em; color: var(--_fits); margin-top: .34em; }
.tape:has(+ :empty) { visibility: hidden; }
.size { font-weight: 650; padding: .06em .5em .08em; border-radius: 99px; background: color-mix(in srgb, var(--_fits) 16%, transparent); white-space: nowrap; }
.rest { color: var(--_soft); }
.actions { display: flex; flex-wrap: wrap; gap: .15em 1.2em; margin: .1em 0 0; padding-inline-start: 1.9em; }
button { font: inherit; color: inherit; cursor: pointer; }
.actions button, .forget { background: none; border: 0; padding: .3em 0; min-height: 24px; text-align: start; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
.actions button:hover, .forget:hover { text-decoration-color: currentColor; }
.actions .accept { font-weight: 600; }
.whom { display: inline-flex; align-items: baseline; gap: .4em; padding: .3em 0; color: var(--_soft); }
.profile { font: inherit; color: inherit; background: transparent; border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 45%, transparent); padding: 0 .2em; min-height: 24px; max-width: 12em; cursor: pointer; }
.profile option { color: canvastext; background: canvas; }
.answers { display: flex; flex-wrap: wrap; align-items: center; gap: .7em; }
.chosen { padding: .3em 0; color: var(--_soft); }
.chosen::before { content: "✓"; margin-inline-end: .4em; color: var(--_fits); }
:is(button, input, select):focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 3px; }
.summary slot { display: block; padding-inline-start: 1.9em; }
.busy { visibility: hidden; }
.details { display: grid; gap: 1.3em; margin-top: .8em; padding: 1.1em 1.2em 1.2em; border: 1px solid var(--_hair); border-radius: var(--_round); }
.heading { font: inherit; font-weight: 600; margin: 0 0 .6em; }
.chart { list-style: none; margin: 0; padding: 0; display: grid; gap: .42em; }
.chart { grid-template-columns: max-content minmax(0, 1fr) max-content; }
.row { position: relative; display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; column-gap: .8em; align-items: center; }
.label { min-width: 2em; }
.label, .share { font-variant-numeric: tabular-nums; white-space: nowrap; }
.share { text-align: end; color: var(--_soft); }
.best .label, .best .share { font-weight: 650; color: inherit; }
.gone .label { text-decoration: line-through; color: var(--_soft); }
.bar { display: flex; gap: 2px; height: .72em; border-radius: 99px; overflow: hidden; opacity: .5; }
.best .bar { opacity: 1; height: .95em; }
.bar i { flex: 0 1 0; min-width: 0; }
.small { background: var(--_small); }
.fits { background: var(--_fits); }
.large { background: var(--_large); }
.key { display: flex; flex-wrap: wrap; gap: .2em 1.2em; margin: .8em 0 0; font-size: .875em; color: var(--_soft); }
.key i { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-inline-end: .45em; }
.reasons ul { margin: 0; padding: 0; list-style: none; display: grid; gap: .3em; color: var(--_soft); }
.asking { display: grid; gap: .5em; padding-top: 1.1em; border-top: 1px solid var(--_hair); }
.asking .heading { margin: 0; }
.several .heading { font-weight: 400; }
.answered { display: grid; gap: .5em; padding-top: 1.1em; border-top: 1px solid var(--_hair); }
.answered .heading { margin: 0; }
.facts { list-style: none; margin: 0; padding: 0; }
.facts li { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1.2em; }
.facts b { font-weight: 650; }
.edit { display: inline-flex; gap: 1.2em; color: var(--_soft); }
.form { display: flex; flex-wrap: wrap; align-items: end; gap: .7em; }
.inputs { display: flex; align-items: end; gap: .4em; flex: 1 1 10em; max-width: 20em; }
.field { display: grid; gap: .25em; flex: 1; min-width: 0; font-size: .94em; color: var(--_soft); }
.inputs .unit { flex: none; width: auto; }
.notice { flex-basis: 100%; display: flex; flex-wrap: wrap; align-items: center; gap: .5em .7em; margin: 0; }
.notice:empty { display: none; }
.inputs input, .inputs select { font: inherit; font-size: 16px; color: canvastext; background: canvas; border: 1px solid color-mix(in srgb, currentColor 55%, transparent); border-radius: calc(var(--_round) * .75); padding: .45em .6em; width: 100%; min-height: 44px; }
.asking .forget, .facts .forget { min-height: 44px; }
.answer { border: 1px solid currentColor; background: none; border-radius: calc(var(--_round) * .75); padding: .45em 1.1em; min-height: 44px; font-weight: 600; }
.wear { border: 0; margin: 0; padding: 1.1em 0 0; border-top: 1px solid var(--_hair); display: flex; flex-wrap: wrap; gap: .3em .9em; align-items: center; min-width: 0; }
.wear legend { float: inline-start; padding: 0; margin-inline-end: .3em; }
.wear label { display: inline-flex; gap: .4em; align-items: center; min-height: 28px; cursor: pointer; }
.wear input { accent-color: var(--_fits); width: 1.1em; height: 1.1em; margin: 0; }
.small-print { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .2em 1em; margin: 0; font-size: .875em; color: var(--_soft); }
.small-print .forget { font-size: inherit; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (max-width: 28em) { .summary { min-height: 5.15em; } .details { padding-inline: .9em; } }
@container (max-width: 17em) { .summary { min-height: 6.6em; } }
@media (forced-colors: active) {
  .size { border: 1px solid; }
  .bar, .best .bar { opacity: 1; }
  .bar i, .key i { forced-color-adjust: none; }
  .fits { background: Highlight; }
  .small { background: repeating-linear-gradient(45deg, CanvasText 0 2px, Canvas 2px 5px); }
  .large { background: Canvas; border: 1px solid CanvasText; }
}
`;
