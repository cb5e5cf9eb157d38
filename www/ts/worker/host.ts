// Runs in the worker: a SharedWorker of all pages of an origin, or a worker of one page.
import { Inseam } from '../index.js';
import { Answerer, type Call } from './calls.js';

/** What a page sends, and what comes back. */
export interface Question {
  id: number;
  call: Call;
}

export interface Reply {
  /** 0 for the first message, which says that the worker runs. */
  id: number;
  value?: unknown;
  error?: { name: string; message: string };
}

type Port = Pick<MessagePort, 'postMessage' | 'onmessage'>;

const answerer = new Answerer((url, options) => Inseam.open(url, options));

function serve(port: Port): void {
  port.onmessage = async ({ data: { id, call } }: MessageEvent<Question>) => {
    let reply: Reply;
    try {
      reply = { id, value: await answerer.answer(call) };
    } catch (thrown) {
      const { name, message } = thrown as Error;
      reply = { id, error: { name, message } };
    }
    port.postMessage(reply);
  };
  port.postMessage({ id: 0 } satisfies Reply);
}

const scope = globalThis as { onconnect?: unknown };
if ('onconnect' in scope)
  scope.onconnect = ({ ports: [port] }: MessageEvent) => port && serve(port);
else serve(globalThis as unknown as Port);
