// The element's attributes as properties, as frameworks set them.
import { type AttributeValue, attributeText, REFLECTED } from './attributes.js';
import type { InseamAdviceEventMap } from './events.js';

/** An element that listeners can be added to by the names of its own events. */
interface EventTypes extends HTMLElement {
  addEventListener<K extends keyof InseamAdviceEventMap>(
    type: K,
    listener: (this: HTMLElement, event: InseamAdviceEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

// On a server that renders pages there is no DOM, and the import must still succeed.
const Base = (globalThis.HTMLElement ?? class {}) as unknown as new () => EventTypes;

/** An element whose attributes are properties too. */
export class AttributeProperties extends Base {
  declare model: AttributeValue;
  declare keys: AttributeValue;
  declare record: AttributeValue;
  declare article: AttributeValue;
  declare for: AttributeValue;
  declare preselect: AttributeValue;
  declare sizes: AttributeValue;
  declare inStock: AttributeValue;
  declare system: AttributeValue;
  declare brands: AttributeValue;
  declare lostSale: AttributeValue;
  declare spare: AttributeValue;
  declare hesitant: AttributeValue;
  declare storage: AttributeValue;
  declare timeout: AttributeValue;
  declare wholeLimit: AttributeValue;

  /**
   * Properties that the page set before the element was defined hide those of the class: sets them
   * again.
   *
   * @internal
   */
  protected upgradeProperties(): void {
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

for (const [property, attribute] of Object.entries(REFLECTED)) {
  Object.defineProperty(AttributeProperties.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: HTMLElement) {
      return this.getAttribute(attribute);
    },
    set(this: HTMLElement, value: unknown) {
      const text = attributeText(value);
      if (text === null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, text);
    },
  });
}
