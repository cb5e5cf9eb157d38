// A page's main thread is the shopper's: nothing here holds it for longer than a frame.

/** Lets the page get on with what else it has to do, and goes on soon after. */
export function breathe(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  if (scheduler?.yield) return scheduler.yield();
  // A timer would wait for four milliseconds once several have come one after the other.
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(undefined);
  });
}
