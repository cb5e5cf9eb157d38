/**
 * Helpers for drawing garments: half an outline becomes a symmetric garment with cloth, shade and
 * seams. Every garment fits in a box of 400 by 480, with its middle at x = 200.
 */

const MIDDLE = 200;
const flip = (x) => 2 * MIDDLE - x;

/** Reads "M x y L x y C x y x y x y" into segments with their start points. */
function segments(half) {
  const tokens = half.trim().split(/[\s,]+/);
  const out = [];
  let at = null;
  for (let i = 0; i < tokens.length; ) {
    const command = tokens[i++];
    const count = { M: 2, L: 2, C: 6, Q: 4 }[command];
    const points = tokens.slice(i, i + count).map(Number);
    i += count;
    const end = points.slice(-2);
    if (command !== 'M') out.push({ command, from: at, points });
    at = end;
  }
  return out;
}

/**
 * A closed outline from its right half, which goes from the top of the middle line to its bottom.
 */
export function mirrored(half) {
  const right = segments(half);
  const start = right[0].from;
  let d = `M${start[0]} ${start[1]}`;
  for (const s of right) d += `${s.command}${s.points.join(' ')}`;
  for (const s of right.toReversed()) {
    const path = [...s.from, ...s.points.slice(0, -2)];
    const back = [];
    for (let i = path.length - 2; i >= 0; i -= 2) back.push(flip(path[i]), path[i + 1]);
    d += `${s.command}${back.join(' ')}`;
  }
  return `${d}Z`;
}

/** An open line and its mirror image. */
export function twice(d) {
  const other = segments(d)
    .map((s, i) => {
      const points = s.points.map((v, k) => (k % 2 === 0 ? flip(v) : v)).join(' ');
      return `${i === 0 ? `M${flip(s.from[0])} ${s.from[1]}` : ''}${s.command}${points}`;
    })
    .join('');
  return `${d}${other}`;
}

let serial = 0;

/** Mixes a hex colour towards black (amount < 0) or white (amount > 0). */
export function tone(hex, amount) {
  const target = amount < 0 ? 0 : 255;
  const part = Math.abs(amount);
  const channels = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  return `#${channels
    .map((c) =>
      Math.round(c + (target - c) * part)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Thin line work over a garment: seams and edges. */
export const seam = (d, width = 1.6, opacity = 0.28) =>
  `<path d="${d}" fill="none" stroke="#1d1410" stroke-opacity="${opacity}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** A row of stitches. */
export const stitch = (d, colour = '#1d1410', opacity = 0.35) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="1.4" stroke-dasharray="4 3"/>`;

/** A soft fold of cloth. */
export const fold = (d, width = 9, opacity = 0.1) =>
  `<path d="${d}" fill="none" stroke="#1d1410" stroke-opacity="${opacity}" stroke-width="${width}" stroke-linecap="round"/>`;

/** Buttons down a line. */
export function buttons(x, from, to, count, colour) {
  let out = '';
  for (let i = 0; i < count; i++) {
    const y = from + ((to - from) * i) / (count - 1);
    out += `<circle cx="${x}" cy="${y}" r="4" fill="${colour}" stroke="#1d1410" stroke-opacity=".35"/><circle cx="${x}" cy="${y}" r="1" fill="#1d1410" fill-opacity=".4"/>`;
  }
  return out;
}

/** A shape in one colour with a faint edge: linings, collars, soles. */
export const patch = (d, colour, edge = 0.3) =>
  `<path d="${d}" fill="${colour}" stroke="#1d1410" stroke-opacity="${edge}" stroke-width="1.4" stroke-linejoin="round"/>`;

const PRINTS = {
  stripes: (a) =>
    `<pattern id="ID" width="40" height="26" patternUnits="userSpaceOnUse"><rect width="40" height="9" fill="${a}"/></pattern>`,
  rib: (a) =>
    `<pattern id="ID" width="7" height="20" patternUnits="userSpaceOnUse"><rect width="2" height="20" fill="${a}"/></pattern>`,
  dots: (a) =>
    `<pattern id="ID" width="26" height="26" patternUnits="userSpaceOnUse"><circle cx="6" cy="7" r="2.6" fill="${a}"/><circle cx="19" cy="20" r="2.6" fill="${a}"/></pattern>`,
  linen: (a) =>
    `<pattern id="ID" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 1.5H6M1.5 0V6" stroke="${a}" stroke-width=".8"/></pattern>`,
  twill: (a) =>
    `<pattern id="ID" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(35)"><rect width="1.6" height="5" fill="${a}"/></pattern>`,
  flowers: (a, b) => {
    const petal = (x, y, r, c, turn) =>
      `<ellipse cx="${x}" cy="${y - r}" rx="${r * 0.55}" ry="${r * 0.8}" fill="${c}" transform="rotate(${turn} ${x} ${y})"/>`;
    const flower = (x, y, r, c) => {
      const petals = [0, 72, 144, 216, 288].map((turn) => petal(x, y, r, c, turn)).join('');
      return `${petals}<circle cx="${x}" cy="${y}" r="${r * 0.45}" fill="#f3d27a"/>`;
    };
    return `<pattern id="ID" width="46" height="46" patternUnits="userSpaceOnUse">${flower(11, 13, 4.6, a)}${flower(34, 35, 3.6, b)}<path d="M30 8q5 3 9-1M8 34q4 4 8 0" fill="none" stroke="${b}" stroke-width="1.6"/></pattern>`;
  },
  cable: (a) =>
    `<pattern id="ID" width="44" height="28" patternUnits="userSpaceOnUse"><path d="M8 0C8 9 22 5 22 14S8 19 8 28M22 0C22 9 8 5 8 14S22 19 22 28" fill="none" stroke="${a}" stroke-width="3"/><path d="M30 0V28M36 0V28" stroke="${a}" stroke-width="1.4" stroke-dasharray="4 3"/></pattern>`,
};

/**
 * A piece of cloth: its outline filled with colour, print, light and shade.
 *
 * @param {string} d closed outline
 * @param {string} colour hex
 * @param {{print?: string, ink?: string[], inside?: string}} [how] `inside` is drawn within the
 *   outline
 */
export function cloth(d, colour, how = {}) {
  const id = `g${++serial}`;
  const print = how.print
    ? PRINTS[how.print](...(how.ink ?? [tone(colour, -0.22), tone(colour, 0.4)]))
    : '';
  const shade = tone(colour, -0.55);
  return `<defs><clipPath id="${id}c"><path d="${d}"/></clipPath>${print.replace('id="ID"', `id="${id}p"`)}
<linearGradient id="${id}s" x1="0" x2="1" y1="0" y2="0"><stop offset="0" stop-color="${shade}" stop-opacity=".38"/><stop offset=".22" stop-color="${shade}" stop-opacity=".06"/><stop offset=".42" stop-color="#fff" stop-opacity=".16"/><stop offset=".68" stop-color="${shade}" stop-opacity=".05"/><stop offset="1" stop-color="${shade}" stop-opacity=".42"/></linearGradient>
<linearGradient id="${id}d" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".12"/><stop offset="1" stop-color="${shade}" stop-opacity=".22"/></linearGradient></defs>
<path d="${d}" fill="${colour}"/>${print ? `<path d="${d}" fill="url(#${id}p)"/>` : ''}
<g clip-path="url(#${id}c)">${how.inside ?? ''}</g>
<path d="${d}" fill="url(#${id}s)"/><path d="${d}" fill="url(#${id}d)"/>
<path d="${d}" fill="none" stroke="${tone(colour, -0.5)}" stroke-opacity=".55" stroke-width="1.6" stroke-linejoin="round"/>`;
}
