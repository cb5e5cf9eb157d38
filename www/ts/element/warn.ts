// Tells the page's developers what is wrong with their page.

/** Writes to the console. The build drops plain calls of `console`, as in the engine's glue. */
export const warn = (message: string): void => globalThis.console.warn(message);
