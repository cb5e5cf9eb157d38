// The style sheet of the choice of a profile, which profiles.ts brings along.

export const profileStyle = `
.whom { display: inline-flex; align-items: baseline; gap: .4em; padding: .3em 0; color: var(--_soft); }
.profile { font: inherit; color: inherit; background: transparent; border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 45%, transparent); padding: 0 .2em; min-height: 24px; max-width: 12em; cursor: pointer; }
.profile option { color: canvastext; background: canvas; }
`;
