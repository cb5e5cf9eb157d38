/** The belief about the shopper's size as a curve, over this article's sizes as they really fit. */
import { drawing } from '../html.js';

const PAD = 26;
const TOP = 34;
const CURVE = 128;

const density = (x, { mean, sd }) => Math.exp(-0.5 * ((x - mean) / sd) ** 2) / sd;

/** Says in words where a position lies among labels. */
export function nearestLabels(unsorted, x) {
  const labels = unsorted.toSorted((a, b) => a.position - b.position);
  const nearest = labels.reduce((a, b) =>
    Math.abs(b.position - x) < Math.abs(a.position - x) ? b : a,
  );
  const distance = x - nearest.position;
  const next = labels[labels.indexOf(nearest) + Math.sign(distance)];
  if (!next || Math.abs(distance) < 0.27 * Math.abs(next.position - nearest.position))
    return `about ${nearest.size}`;
  const [low, high] = distance > 0 ? [nearest, next] : [next, nearest];
  return `between ${low.size} and ${high.size}`;
}

/**
 * @param {object} content
 * @param {{ mean: number, sd: number }} content.belief
 * @param {{ mean: number, sd: number }} [content.before] the earlier belief, drawn as a dotted line
 * @param {{ size: string, position: number, runs: number }[]} content.sizes
 * @param {string | undefined} content.advised
 * @param {string} content.system the name of the labels' size system
 * @param {string} content.piece what the article is called: `dress`
 * @param {number} content.width width of the chart in pixels
 * @param {'You' | 'Most'} content.whose size it is: the shopper's, or that of most shoppers
 */
export function beliefChart({ belief, before, sizes, advised, system, piece, width, whose }) {
  const real = sizes.map((s) => s.position + s.runs);
  const nominal = sizes.map((s) => s.position);
  const gap = (nominal.at(-1) - nominal[0]) / Math.max(1, nominal.length - 1) || 1;
  const from = Math.min(...real, ...nominal) - 1.3 * gap;
  const to = Math.max(...real, ...nominal) + 0.9 * gap;
  const scale = (width - 2 * PAD) / (to - from);
  const at = (x) => PAD + (Math.min(Math.max(x, from), to) - from) * scale;
  // The highest curve touches the top.
  const peak = Math.max(density(belief.mean, belief), before ? density(before.mean, before) : 0);
  const path = (b) => {
    let d = '';
    for (let i = 0; i <= 120; i++) {
      const x = from + ((to - from) * i) / 120;
      d += `${i ? 'L' : 'M'}${at(x).toFixed(1)} ${(TOP + CURVE - (CURVE * density(x, b)) / peak).toFixed(1)}`;
    }
    return d;
  };
  const floor = TOP + CURVE;
  const chips = floor + 26;
  const general = chips + 62;
  const area = `${path(belief)}L${at(to)} ${floor}L${at(from)} ${floor}Z`;
  const tight = scale * gap < 34;
  const text = (x, y, content, more = '') =>
    `<text x="${x.toFixed(1)}" y="${y}" ${more}>${content}</text>`;
  const marks = sizes
    .map((s, i) => {
      const on = s.size === advised;
      const [x, below] = [at(real[i]), at(nominal[i])];
      const half = tight ? 0.46 * scale * gap : Math.max(16, s.size.length * 5 + 6);
      return `<path class="slant" d="M${x} ${chips + 13}L${below} ${general - 14}"/>
<g class="${on ? 'chip on' : 'chip'}"><rect x="${x - half}" y="${chips - 13}" width="${2 * half}" height="26" rx="13"/>${text(x, chips + 4.5, s.size)}</g>
${text(below, general, s.size, 'class="general"')}`;
    })
    .join('');
  // Each row is named where it begins; in a narrow chart the caption below does.
  const rows = tight
    ? ''
    : text(0, chips + 4.5, `this ${piece}`, 'class="row"') +
      text(0, general, `usual ${system} size`, 'class="row"');
  const mean = at(belief.mean);
  const label = nearestLabels(
    sizes.map((s, i) => ({ size: s.size, position: nominal[i] })),
    belief.mean,
  );
  const anchor = mean < 110 ? 'start' : mean > width - 110 ? 'end' : 'middle';
  const spoken =
    whose === 'You'
      ? `Your size is most likely ${label} in ${system} labels.`
      : `Most shoppers are ${label} in ${system} labels.`;
  return drawing(`<svg class="${tight ? 'belief tight' : 'belief'}" viewBox="0 0 ${width} ${general + 8}" width="${width}" height="${general + 8}" role="img" aria-label="${spoken}">
<defs><linearGradient id="belief-fill" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="currentColor" stop-opacity=".36"/><stop offset="1" stop-color="currentColor" stop-opacity=".06"/></linearGradient></defs>
${before ? `<path class="ghost" d="${path(before)}"/>` : ''}
<path class="area" d="${area}"/><path class="curve" d="${path(belief)}"/>
<path class="middle" d="M${mean} ${TOP - 6}V${floor}"/>
${text(mean, TOP - 14, `${whose}: ${label}`, `class="you" text-anchor="${anchor}"`)}
<path class="axis" d="M${PAD - 14} ${floor}H${width - PAD + 14}"/>
${marks}${rows}
</svg>`);
}
