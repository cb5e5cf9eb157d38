// Which languages there are, and how they are fetched: English is there at once, any other when an
// element needs it.
import { texts as en } from './en.js';
import { Speaker, type Texts } from './texts.js';

const others: Readonly<Record<string, () => Promise<{ texts: Texts }>>> = {
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  it: () => import('./it.js'),
  nl: () => import('./nl.js'),
  pl: () => import('./pl.js'),
  sv: () => import('./sv.js'),
};

/** The languages of the element's texts. */
export const LANGUAGES: readonly string[] = ['en', ...Object.keys(others)];

/**
 * Someone who speaks the language of a tag such as `de-AT`; English for one that there are no texts
 * in, or whose texts can't be fetched. What a shop replaces goes before the catalogue's.
 */
export async function speaker(tag: string, own: Partial<Texts> = {}): Promise<Speaker> {
  const language = tag.toLowerCase().split('-', 1)[0] ?? '';
  const found = await others[language]?.().catch(() => undefined);
  const texts = { ...(found?.texts ?? en), ...own };
  // A shop that brings all its texts speaks its own language; numbers and plurals are of the page's
  // language then.
  const complete = found || Object.keys(own).length > 0;
  return new Speaker(complete && supported(tag) ? tag : 'en', texts);
}

const supported = (tag: string): boolean => {
  try {
    return Intl.PluralRules.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};
