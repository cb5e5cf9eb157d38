/** Trousers, jeans, shorts and a skirt, laid flat. */
import { cloth, fold, mirrored, patch, seam, stitch, tone, twice } from './draw.js';

const band = (top, half, height, colour) =>
  patch(
    `M${200 - half} ${top}C${200 - half / 2} ${top + 7} ${200 + half / 2} ${top + 7} ${200 + half} ${top}L${200 + half + 3} ${top + height}C${200 + half / 2} ${top + height + 7} ${200 - half / 2} ${top + height + 7} ${200 - half - 3} ${top + height}Z`,
    colour,
  );

const crotch =
  fold(twice('M 202 178 C 214 170 230 166 246 164'), 6, 0.1) +
  fold(twice('M 206 196 C 216 190 226 188 236 188'), 5, 0.08);

/** Where denim has faded down the thighs. */
const wash = (from, y, strength) =>
  `<defs><radialGradient id="faded${from}"><stop offset="0" stop-color="#fff" stop-opacity="${strength}"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>${[
    -1, 1,
  ]
    .map(
      (side) =>
        `<ellipse cx="${200 + side * from}" cy="${y}" rx="38" ry="130" fill="url(#faded${from})"/>`,
    )
    .join('')}`;

function jean(colour, half, thread, wash) {
  const dark = tone(colour, -0.14);
  return (
    cloth(mirrored(half), colour, {
      print: 'twill',
      ink: [tone(colour, 0.1)],
      inside: `${wash}${crotch}`,
    }) +
    patch('M146 46C180 53 220 53 254 46L252 54C220 61 180 61 148 54Z', tone(colour, -0.5)) +
    band(50, 55, 22, dark) +
    stitch('M145 56C180 63 220 63 255 56M144 69C180 76 220 76 256 69', thread, 0.9) +
    seam('M200 76V176', 1.8, 0.4) +
    stitch('M218 78C219 110 216 134 202 148', thread, 0.9) +
    seam(twice('M 262 112 C 246 108 236 98 232 78'), 2, 0.4) +
    stitch(twice('M 261 117 C 242 112 231 100 227 79'), thread, 0.9) +
    seam(twice('M 203 178 C 216 270 224 360 226 456'), 1.4, 0.3) +
    `<circle cx="200" cy="64" r="5" fill="#c9a25b" stroke="#5d4520" stroke-width="1"/>` +
    [158, 242].map((x) => patch(`M${x - 4} 46H${x + 4}V78H${x - 4}Z`, tone(colour, -0.06))).join('')
  );
}

const straightJean = () =>
  jean(
    '#49648a',
    'M 200 60 L 256 54 C 270 110 282 170 286 240 L 292 456 L 224 460 L 206 190 C 204 182 202 180 200 180',
    '#e2b566',
    wash(52, 230, 0.3),
  );

const barrelJean = () =>
  jean(
    '#3e3e42',
    'M 200 60 L 256 54 C 274 110 306 190 304 276 C 302 350 282 410 270 452 L 218 456 C 226 380 222 270 206 190 C 204 182 202 180 200 180',
    '#8d8a86',
    wash(66, 250, 0.2),
  );

function wideTrousers(colour) {
  const body = mirrored(
    'M 200 54 L 252 48 C 268 110 290 190 302 280 L 322 458 L 222 464 L 205 186 C 203 180 202 178 200 178',
  );
  return (
    cloth(body, colour, {
      inside:
        crotch +
        fold(twice('M 232 76 C 250 200 266 330 274 458'), 6, 0.12) +
        fold(twice('M 268 200 C 284 290 296 380 304 456'), 8, 0.07),
    }) +
    band(48, 52, 20, tone(colour, -0.07)) +
    seam('M200 72V176', 1.8, 0.32) +
    seam(twice('M 226 72 C 228 96 232 120 236 146 M 238 71 C 241 90 244 106 248 122'), 1.8, 0.3) +
    seam(twice('M 258 82 L 270 140'), 1.8, 0.35) +
    seam(twice('M 236 146 C 252 250 264 360 272 460'), 1.4, 0.22) +
    patch('M192 52H220V66H192Z', tone(colour, -0.1)) +
    `<circle cx="212" cy="59" r="3" fill="#8b7352"/>`
  );
}

function cigarette(colour) {
  const body = mirrored(
    'M 200 54 L 250 48 C 264 100 278 160 278 220 C 276 300 262 370 254 440 L 216 442 L 205 186 C 203 180 202 178 200 178',
  );
  return (
    cloth(body, colour, {
      inside: crotch + fold(twice('M 240 90 C 248 200 242 330 236 440'), 5, 0.2),
    }) +
    band(48, 50, 16, tone(colour, 0.1)) +
    seam('M200 68V176', 1.8, 0.6) +
    seam(twice('M 262 104 L 236 68'), 1.8, 0.6) +
    `<path d="${twice('M 238 90 C 248 200 242 330 235 440')}" fill="none" stroke="#fff" stroke-opacity=".2" stroke-width="1.4"/>` +
    patch('M190 52H222V62H190Z', tone(colour, 0.16))
  );
}

function shorts(colour) {
  const body = mirrored(
    'M 200 128 L 264 122 C 280 170 300 230 318 318 L 222 336 L 206 256 C 204 250 202 248 200 248',
  );
  return (
    cloth(body, colour, {
      print: 'linen',
      ink: [tone(colour, -0.14)],
      inside:
        fold(twice('M 204 250 C 220 240 234 236 250 234'), 7, 0.1) +
        fold(twice('M 240 160 C 254 220 262 270 270 326'), 8, 0.08),
    }) +
    band(118, 65, 26, tone(colour, -0.08)) +
    seam(
      Array.from(
        { length: 15 },
        (_, i) => `M${140 + i * 8.5} ${122 + 5 * Math.sin((i / 14) * Math.PI)}v24`,
      ).join(''),
      1.3,
      0.22,
    ) +
    seam('M200 148V246', 1.8, 0.3) +
    seam(twice('M 278 170 C 264 168 254 160 250 148'), 1.8, 0.35) +
    `<path d="M194 140C184 168 178 184 172 204M206 140C214 166 222 180 230 196" fill="none" stroke="#f6f1e4" stroke-width="5" stroke-linecap="round"/><path d="M200 138C182 128 170 140 178 148S196 146 200 138C218 128 230 140 222 148S204 146 200 138Z" fill="none" stroke="#f6f1e4" stroke-width="5"/>` +
    stitch(twice('M 315 306 L 220 323'))
  );
}

function pleatedSkirt(colour) {
  const body = mirrored(
    'M 200 78 L 252 72 C 274 160 300 280 318 414 L 306 420 L 292 412 L 276 424 L 260 415 L 243 427 L 228 417 L 213 428 L 200 419',
  );
  let pleats = '';
  for (let i = -7; i <= 7; i++) {
    const lean = i / 7.4;
    const d = `M${200 + lean * 50} 92C${200 + lean * 64} 190 ${200 + lean * 92} 310 ${200 + lean * 116} 422`;
    pleats +=
      fold(d, 7, 0.16) +
      `<path d="${d}" transform="translate(5)" fill="none" stroke="#fff" stroke-opacity=".14" stroke-width="3"/>`;
  }
  return (
    cloth(body, colour, { inside: pleats }) +
    band(72, 52, 20, tone(colour, -0.2)) +
    `<circle cx="246" cy="85" r="3.5" fill="#d6bd84"/>`
  );
}

function pullOn(colour) {
  const body = mirrored(
    'M 200 60 L 258 54 C 276 110 292 170 292 240 C 290 320 266 390 258 436 L 220 440 L 206 196 C 204 188 202 186 200 186',
  );
  const gathers = (y, half, height) =>
    seam(
      Array.from(
        { length: 17 },
        (_, i) =>
          `M${200 - half + (i * half) / 8} ${y + 5 * Math.sin((i / 16) * Math.PI)}v${height}`,
      ).join(''),
      1.4,
      0.28,
    );
  return (
    cloth(body, colour, {
      inside: crotch + fold(twice('M 240 110 C 256 220 250 330 240 430'), 10, 0.1),
    }) +
    band(52, 58, 26, tone(colour, -0.1)) +
    gathers(56, 54, 24) +
    patch('M220 430L259 426L257 452H221Z', tone(colour, -0.1)) +
    patch('M180 430L141 426L143 452H179Z', tone(colour, -0.1)) +
    seam(
      'M226 434v16M233 433v17M240 432v18M247 431v20M174 434v16M167 433v17M160 432v18M153 431v20',
      1.3,
      0.25,
    ) +
    seam(twice('M 276 134 C 264 128 256 108 256 86'), 1.9, 0.38) +
    patch(`M240 196H284V246Q262 254 240 246Z`, tone(colour, 0.05), 0.3) +
    seam('M240 208H284', 1.5, 0.3)
  );
}

export const bottoms = {
  'KR-B01': straightJean,
  'LA-B02': () => wideTrousers('#cdb58f'),
  'SB-B03': () => cigarette('#2d3142'),
  'TW-B04': () => shorts('#a9c6bb'),
  'VE-B05': () => pleatedSkirt('#2f4f3f'),
  'MI-B06': () => pullOn('#7c7a4a'),
  'KR-B07': barrelJean,
};
