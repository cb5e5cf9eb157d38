// The style sheet of the details, which the panel brings along.

export const panelStyle = `
.answers { display: flex; flex-wrap: wrap; align-items: center; gap: .7em; }
.details[open] { display: grid; }
.details { box-sizing: border-box; position: static; gap: 1.3em; width: auto; max-width: none; max-height: 20em; overflow-y: auto; overscroll-behavior: contain; margin: .8em 0 0; padding: 1.1em 1.2em 1.2em; color: inherit; background: none; border: 1px solid var(--_hair); border-radius: var(--_round); }
.details:modal { position: fixed; inset: auto 0 0; max-height: 85dvh; margin: 0; padding-bottom: max(1.2em, env(safe-area-inset-bottom)); color: canvastext; background: canvas; border-width: 1px 0 0; border-radius: calc(var(--_round) * 2) calc(var(--_round) * 2) 0 0; }
.details::backdrop { background: rgb(0 0 0 / .4); }
.close { display: none; position: sticky; top: 0; justify-self: end; align-self: start; z-index: 1; margin: -.4em 0 -.8em; padding: .3em .9em; min-height: 36px; color: inherit; background: canvas; border: 1px solid var(--_hair); border-radius: 99px; }
.details:modal .close { display: block; }
.heading { font: inherit; font-weight: 600; margin: 0 0 .6em; }
.over { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1em; margin: 0 0 .6em; }
.over .heading { margin: 0; }
.column { margin-inline-start: auto; font-size: .875em; color: var(--_soft); }
.chart { list-style: none; margin: 0; padding: 0; display: grid; gap: .42em; }
.chart { grid-template-columns: max-content minmax(0, 1fr) max-content; }
.row { position: relative; display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; column-gap: .8em; align-items: center; }
.label { min-width: 2em; }
.label, .share { font-variant-numeric: tabular-nums; white-space: nowrap; }
.share { text-align: end; color: var(--_soft); }
.best .label, .best .share { font-weight: 650; color: inherit; }
.gone .label { text-decoration: line-through; color: var(--_soft); }
.bar { display: flex; gap: 2px; height: .72em; border-radius: 99px; overflow: hidden; opacity: .5; }
.best .bar { opacity: 1; height: 1.15em; }
.guess { background: repeating-linear-gradient(-45deg, var(--_hair) 0 2px, transparent 2px 7px); }
.bar.guess { opacity: 1; }
.key .guess { width: 1.4em; border-radius: 99px; }
.bar i { flex: 0 1 0; min-width: 0; }
.small { background: var(--_small); }
.fits { background: var(--_fits); }
.large { background: var(--_large); }
.key { display: flex; flex-wrap: wrap; gap: .2em 1.2em; margin: .8em 0 0; font-size: .875em; color: var(--_soft); }
.key s { margin-inline-end: .45em; }
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
.notice:empty { position: absolute; }
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
.summary:has(+ .details[open]:not(:modal)) { min-height: 0; }
@container (max-width: 28em) { .details { padding-inline: .9em; } }
@media (forced-colors: active) {
  .bar, .best .bar { opacity: 1; }
  .bar i, .key i { forced-color-adjust: none; }
  .fits { background: Highlight; }
  .small { background: repeating-linear-gradient(45deg, CanvasText 0 2px, Canvas 2px 5px); }
  .large { background: Canvas; border: 1px solid CanvasText; }
}
`;
