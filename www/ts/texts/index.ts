// The languages of the element's texts. English is loaded with the element, any other when an
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
 * The texts of the language of a tag such as `de-AT`; in English if there are none in that
 * language, or if they can't be loaded.
 *
 * @param own the shop's own texts, which replace those of the same name
 */
export async function speakerFor(tag: string, own: Partial<Texts> = {}): Promise<Speaker> {
  const language = tag.toLowerCase().split('-', 1)[0] ?? '';
  const found = await others[language]?.().catch(() => undefined);
  const texts = { ...(found?.texts ?? en), ...own };
  // A shop with texts of its own may use a language that we have no texts in. Numbers and plurals
  // then follow the page's language.
  const hasLanguage = found || Object.keys(own).length > 0;
  return new Speaker(hasLanguage && supported(tag) ? tag : 'en', texts);
}

const supported = (tag: string): boolean => {
  try {
    return Intl.PluralRules.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};
