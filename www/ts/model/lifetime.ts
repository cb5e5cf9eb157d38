// The ends of things: requests that a page gives up, and memory that it frees.

/** The promise, or a rejection once the signal is aborted. */
export function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Makes `using` call a class's `close`, where JavaScript has it. */
export function closeWithUsing(type: { prototype: { close(): void } }): void {
  // The build replaces `Symbol.dispose`, to leave out a part of the engine's glue.
  const dispose: unknown = Reflect.get(Symbol, 'dispose');
  if (typeof dispose !== 'symbol') return;
  Object.defineProperty(type.prototype, dispose, { value: type.prototype.close });
}
