// The line from a page to the worker. Where no worker can be had, or it refuses WebAssembly, the
// page's own thread answers.
import { type ErrorName, InseamError } from '../errors.js';
import type { Answerer, Call } from './calls.js';
import type { Reply } from './host.js';

interface Waiting {
  call: Call;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Milliseconds after which a worker that says nothing counts as refused. */
const PATIENCE = 10_000;

/** What a shared worker's port and a worker have in common. */
interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
}

/**
 * Starts the worker: one for all pages of the origin where the browser has such workers. Bundlers
 * look for these very words.
 *
 * @param onError is called if its script can't be loaded
 */
function startWorker(onError: () => void): Port {
  const shared = globalThis.SharedWorker
    ? new SharedWorker(new URL('./worker-host.js', import.meta.url), {
        type: 'module',
        name: 'inseam',
      })
    : undefined;
  const worker =
    shared ?? new Worker(new URL('./worker-host.js', import.meta.url), { type: 'module' });
  worker.addEventListener('error', onError);
  return (shared ? shared.port : worker) as Port;
}

/** Sends calls to the worker. */
class Line {
  #port: Port | undefined;
  #here: Promise<Answerer> | undefined;
  #runs = false;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor() {
    try {
      const port = startWorker(() => this.#giveUp());
      port.onmessage = ({ data }) => this.#onReply(data);
      this.#port = port;
      setTimeout(() => this.#giveUp(), PATIENCE);
    } catch {
      // A policy or the browser refuses workers.
    }
  }

  send(call: Call): Promise<unknown> {
    const port = this.#port;
    if (!port) return this.#answerHere(call);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { call, resolve, reject });
      port.postMessage({ id, call });
    });
  }

  #onReply({ id, value, error }: Reply): void {
    this.#runs = true;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!waiting) return;
    const { call, resolve, reject } = waiting;
    if (!error) resolve(value);
    // The worker's script may have a stricter policy than the page.
    else if (error.name === 'InseamUnsupported') resolve(this.#answerHere(call));
    else reject(new InseamError(error.name as ErrorName, error.message));
  }

  /** A worker that has not said anything yet will not: its calls are answered here. */
  #giveUp(): void {
    if (this.#runs) return;
    this.#port = undefined;
    for (const { call, resolve } of this.#waiting.values()) resolve(this.#answerHere(call));
    this.#waiting.clear();
  }

  async #answerHere(call: Call): Promise<unknown> {
    this.#here ??= import('./here.js').then(({ answerer }) => answerer());
    return (await this.#here).answer(call);
  }
}

let line: Line | undefined;

/** Has a call answered. The first starts the worker. */
export function send(call: Call): Promise<unknown> {
  line ??= new Line();
  return line.send(call);
}
