// Ranks a list of articles. Loaded when a page first asks for that.
import { articleId } from '../engine/queries.js';
import type { Ranked } from '../types.js';

/** Articles that are loaded together, even if each lies in a block of its own. */
const TOGETHER = 32;

/** An article to rank, with the sizes in stock. */
export interface RankEntry {
  article: string;
  inStock?: readonly string[];
}

type Given = string | number | { article: string | number; inStock?: readonly string[] };

/**
 * Ranks articles by the chance that the size advised in each fits, best first.
 *
 * @param load loads what the engine needs for articles
 * @param pick the size advised in an article that is loaded
 */
export async function rank(
  articles: Iterable<Given>,
  load: (articles: string[]) => Promise<void>,
  pick: (entry: RankEntry) => Ranked,
): Promise<Ranked[]> {
  const entries = Array.from(
    articles,
    (entry): RankEntry =>
      typeof entry === 'object' && entry !== null
        ? { ...entry, article: articleId(entry.article) }
        : { article: articleId(entry) },
  );
  const ranked: Ranked[] = [];
  for (let from = 0; from < entries.length; from += TOGETHER) {
    const together = entries.slice(from, from + TOGETHER);
    await load(together.map(({ article }) => article));
    ranked.push(...together.map(pick));
  }
  return ranked.sort((a, b) => b.fits - a.fits);
}
