/**
 * `<inseam-advice model="/fit/shop.json" article="SKU-123">Size chart</inseam-advice>` shows size
 * advice in one line, and, behind a button, the chances of every size, the reasons and one
 * question. Importing this module registers the element. The tag's own content is shown until there
 * is a size to take, and if there is no script, no WebAssembly or no model; otherwise in the
 * details, below the chances.
 *
 * Attributes, each of which is a property too (`in-stock` is `inStock`; a list can be an array):
 *
 * - `model`: URL of the model: its file, a folder of its parts, or a pointer to either (see
 *   {@link Inseam.open}).
 * - `keys`: public keys of the shop, separated by spaces. A model that none of them has signed is
 *   not used.
 * - `article`: the shop's article id; if absent, the one in the page's JSON-LD.
 * - `record`: the article's record, as `inseam record` prints it. The article then needs no
 *   request.
 * - `for`: id of the element that contains the size buttons (radio buttons, options or buttons).
 *   The advice follows their stock, and the shopper can choose the advised size. The page may
 *   replace the element, or add it later. A button's size is found in its text, its label or its
 *   value, however the shop writes it: `36`, `EU 36`, `36 / Black`. Where that does not do,
 *   `data-size` on the button states it. A button is sold out if it is `disabled`, or has
 *   `aria-disabled="true"`, `data-available="false"`, a class such as `sold-out`, or says so. A
 *   size without a button is not offered here: the element does not mention it. If no button names
 *   a size of the article, the stock counts as unknown, and the console says so.
 * - `preselect`: chooses the advised size in `for`, as long as none is chosen.
 * - `sizes`: all size labels of the article, in stock or not, separated by `|`. For a page without
 *   buttons, or one that takes away the button of a size that is sold out: a size that is listed
 *   here and not in stock is sold out.
 * - `in-stock`: size labels in stock, separated by `|`; if absent, those of `for`, else those in
 *   the page's JSON-LD about this article, else all.
 * - `lost-sale`, `spare`, `hesitant`: the shop's costs, in units of one return (see {@link Costs}).
 *   With any of them, the advice is what can be expected to cost least: one size, two sizes to
 *   order together, or none.
 * - `brands`: brands that the shopper may know, separated by `|`. The question may be about them as
 *   well as the article's own. `Sorelle Brina = IT, EU` states the size systems of a brand's
 *   labels; otherwise the shopper chooses from all systems of the fit group, first those of the
 *   brand's articles that the model has loaded.
 * - `system`: size system that the shopper knows (`EU`, `UK` ...). Its label is shown beside the
 *   article's.
 * - `storage`: key of the shopper's file in local storage; `inseam.shopper` if absent.
 * - `shopper`, `texts`: the properties of these names as JSON, for pages that a server renders:
 *   React sets no objects on an element that a server has rendered.
 * - `timeout`: milliseconds after which the element says that there is no advice, 10,000 if absent.
 *   Advice that comes later is still shown.
 * - `whole-limit`: see {@link OpenOptions.wholeLimit}.
 * - `lang`: language of texts and numbers; if absent, that of the page around the element, which is
 *   followed.
 * - `open`: shows the details from the start.
 *
 * Events that bubble and cross shadow roots: `inseam-advice` follows each advice. `inseam-accept`
 * follows when the shopper takes a size, or two to order together; its default action chooses the
 * (first) size in `for`, unless the page prevents it. `inseam-feedback` follows when the shopper
 * has answered something. Events of the element alone, as with images: `ready` when it first shows
 * advice on an article, `loaderror` when it can't, with the reason as `detail.error`. While it
 * waits for advice, what it shows has `aria-busy="true"`.
 *
 * Parts: `line`, `icon`, `size`, `missed`, `actions`, `accept`, `toggle`, `whom`, `profile`,
 * `details`, `heading`, `over`, `column`, `chart`, `row`, `label`, `bar`, `share`, `key`,
 * `reasons`, `answered`, `facts`, `edit`, `close`, `asking`, `form`, `inputs`, `field`, `unit`,
 * `notice`, `answer`, `wear`, `small-print`, `forget`.
 *
 * @module
 */
import type { InseamEvents } from './element/events.js';
import { InseamAdvice } from './element/inseam-advice.js';

export type { Answer } from './element/answers.js';
export type { AttributeValue } from './element/attributes.js';
export type {
  AcceptDetail,
  AdviceDetail,
  FeedbackDetail,
  InseamAdviceEventMap,
  InseamEvents,
  InseamHandlers,
  InseamProps,
  LoadErrorDetail,
} from './element/events.js';
export { InseamAdvice } from './element/inseam-advice.js';
export type { State } from './element/sentences.js';
export { sharedModel, storedShopper, storeShopper } from './element/shared.js';
export { SHOPPER_EVENT, STORAGE_KEY } from './shopper-file/storage.js';
export { LANGUAGES } from './texts/index.js';
export type { Text, Texts } from './texts/texts.js';

if (globalThis.customElements && !customElements.get('inseam-advice')) {
  customElements.define('inseam-advice', InseamAdvice);
  const others = [...document.querySelectorAll(':not(:defined)')];
  // Another element than ours is a spelling mistake.
  const wrong = others.find(({ localName }) => localName.startsWith('inseam'));
  if (wrong) void import('./element/mistakes.js').then((mistakes) => mistakes.warnOfName(wrong));
}

declare global {
  interface HTMLElementTagNameMap {
    'inseam-advice': InseamAdvice;
  }
  interface InseamBubblingEvents extends Omit<InseamEvents, 'ready' | 'loaderror'> {}
  interface HTMLElementEventMap extends InseamBubblingEvents {}
  interface DocumentEventMap extends InseamBubblingEvents {}
  interface WindowEventMap extends InseamBubblingEvents {}
}
