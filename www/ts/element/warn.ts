// Tells the page's developers what is wrong with their page.

/** Writes to the console. The build drops plain calls of `console`, which the engine's glue makes. */
export const warn = (message: string): void => globalThis.console.warn(message);
