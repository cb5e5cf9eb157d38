// Calls from a page to the engine, as messages, and how to answer one: in a worker, or on the
// page's own thread where workers are refused. A call names all that it needs, so that a worker
// which several pages share keeps nothing for any of them but what makes it faster.
import type { Inseam } from '../model/model.js';
import type { Shopper } from '../model/shopper.js';
import type { OpenOptions, ShopperDetails } from '../types.js';

/** Where a model is, and how to open it. */
export interface ModelAddress {
  url: string;
  options: Omit<OpenOptions, 'signal'>;
}

/** The methods that a page can call; `about` are the model's properties. */
export type ModelMethod = 'load' | 'article' | 'scales' | 'questions';
export type ShopperMethod = 'advise' | 'rank' | 'explain' | 'personas' | 'belief';

export type Call = ModelAddress &
  (
    | { method: 'about' }
    | { method: ModelMethod; args: unknown[] }
    | { method: ShopperMethod; args: unknown[]; details: ShopperDetails }
  );

/** What a page knows about an opened model without asking. */
export type About = Pick<Inseam, 'name' | 'groups' | 'measurements'>;

/** Opens a model at an address. */
export type Open = (url: string, options: OpenOptions) => Promise<Inseam>;

/** Shoppers that are kept for their next call: a page asks about one shopper again and again. */
const MAX_SHOPPERS = 8;

/** Answers calls, with the models that it has opened. */
export class Answerer {
  readonly #open: Open;
  readonly #models = new Map<string, Promise<Inseam>>();
  readonly #shoppers = new Map<string, Shopper>();

  constructor(open: Open) {
    this.#open = open;
  }

  async answer(call: Call): Promise<unknown> {
    const model = await this.#model(call);
    if (call.method === 'about') {
      const { name, groups, measurements } = model;
      return { name, groups, measurements } satisfies About;
    }
    const target = 'details' in call ? await this.#shopper(model, call) : model;
    const method: unknown = Reflect.get(target, call.method);
    return (method as (...args: unknown[]) => unknown).apply(target, call.args);
  }

  #model({ url, options }: ModelAddress): Promise<Inseam> {
    const key = JSON.stringify([url, options]);
    const model = this.#models.get(key) ?? this.#open(url, options);
    this.#models.set(key, model);
    // After a failure the next call tries again.
    model.catch(() => this.#models.delete(key));
    return model;
  }

  async #shopper(model: Inseam, { url, options, details }: Call & { details: ShopperDetails }) {
    const key = JSON.stringify([url, options, details]);
    const shopper = this.#shoppers.get(key) ?? model.shopper(details);
    this.#shoppers.delete(key);
    this.#shoppers.set(key, shopper);
    const [oldest] = this.#shoppers.keys();
    // Its memory is freed with the object, as it may still be computing.
    if (this.#shoppers.size > MAX_SHOPPERS && oldest !== undefined) this.#shoppers.delete(oldest);
    return shopper;
  }
}
