/** Tops, laid flat. */
import { buttons, cloth, fold, mirrored, patch, seam, stitch, tone, twice } from './draw.js';

const folds =
  fold(twice('M 282 250 C 262 268 246 276 232 300'), 8, 0.07) +
  fold(twice('M 270 400 C 262 360 268 320 284 290'), 9, 0.07);

/** The inside of the back that shows above a neckline. */
const back = (colour, top, depth, half = 46) =>
  patch(
    `M${200 - half} ${top}C${200 - half + 16} ${top + 8} ${200 + half - 16} ${top + 8} ${200 + half} ${top}Q${200 + half - 8} ${top + depth} 200 ${top + depth}Q${200 - half + 8} ${top + depth} ${200 - half} ${top}Z`,
    tone(colour, -0.32),
  );

function tee(colour) {
  const body = mirrored(
    'M 200 122 C 226 122 242 108 248 88 L 304 106 C 328 114 342 132 352 162 L 370 218 L 314 238 L 298 196 C 294 262 296 340 302 414 C 262 422 232 424 200 424',
  );
  return (
    back(colour, 88, 30, 48) +
    cloth(body, colour, { inside: folds }) +
    patch(
      'M152 88C158 108 174 122 200 122S242 108 248 88L240 85C234 102 222 112 200 112S166 102 160 85Z',
      tone(colour, -0.06),
    ) +
    seam(twice('M 296 104 C 288 132 290 166 298 196')) +
    stitch('M100 408C140 415 260 415 300 408') +
    stitch(twice('M 366 208 L 312 228'))
  );
}

function breton(colour) {
  const body = mirrored(
    'M 200 100 C 228 100 250 96 262 88 L 306 106 C 332 118 342 148 350 196 L 376 376 L 332 386 L 300 226 C 296 290 298 350 304 416 C 262 424 232 426 200 426',
  );
  const yoke = 'M120 60H280L330 130H70Z';
  return (
    back(colour, 88, 14, 60) +
    cloth(body, '#f4efe4', {
      print: 'stripes',
      ink: [colour],
      inside: `<path d="${yoke}" fill="#f4efe4"/>${folds}`,
    }) +
    patch(
      'M138 88C152 96 172 100 200 100S248 96 262 88L258 84C246 90 228 93 200 93S154 90 142 84Z',
      '#f4efe4',
    ) +
    seam(twice('M 298 104 C 290 140 292 190 300 226')) +
    stitch('M98 408C140 417 260 417 302 408')
  );
}

function blouse(colour) {
  const body = mirrored(
    'M 200 136 C 222 126 236 108 242 84 L 296 102 C 330 112 352 150 360 214 C 366 266 364 318 356 356 L 322 358 C 312 320 300 280 298 230 C 294 290 300 350 312 416 C 270 428 232 430 200 430',
  );
  const cuff = 'M 358 352 L 354 384 L 326 384 L 320 354 Z';
  const dark = tone(colour, -0.12);
  return (
    back(colour, 84, 44, 42) +
    cloth(body, colour, {
      inside:
        folds +
        fold('M200 150C196 240 204 330 200 430', 5, 0.08) +
        fold(twice('M 340 180 C 346 230 344 290 338 350'), 6, 0.1) +
        fold(twice('M 236 150 C 244 230 240 320 248 424'), 7, 0.06),
    }) +
    patch(cuff, dark) +
    patch('M42 352L46 384L74 384L80 354Z', dark) +
    patch('M158 84C164 112 178 130 198 142L190 150C168 138 152 114 150 88Z', dark) +
    patch('M242 84C236 112 222 130 202 142L210 150C232 138 248 114 250 88Z', dark) +
    patch('M196 148C178 190 168 230 164 286L190 276C192 232 198 190 206 152Z', tone(colour, 0.06)) +
    patch('M206 148C222 184 232 216 240 262L216 264C210 220 204 188 198 152Z', tone(colour, 0.02)) +
    patch('M200 142C176 116 146 122 142 142C140 160 168 166 200 150Z', tone(colour, 0.1)) +
    patch('M202 142C226 116 256 122 258 142C260 160 232 166 202 150Z', tone(colour, 0.1)) +
    patch('M190 136Q201 130 212 136L213 156Q201 162 189 156Z', dark) +
    seam(twice('M 290 100 C 282 140 288 190 298 230'))
  );
}

function shirt(colour) {
  const body = mirrored(
    'M 200 100 L 244 82 L 302 104 C 330 116 342 150 350 200 L 376 362 L 334 372 L 300 226 C 296 290 296 350 302 400 C 286 424 250 418 200 430',
  );
  const light = tone(colour, 0.16);
  return (
    back(colour, 78, 26, 40) +
    cloth(body, colour, { print: 'linen', ink: [tone(colour, 0.22)], inside: folds }) +
    patch('M376 360L334 370L338 398L382 388Z', light) +
    patch('M24 360L66 370L62 398L18 388Z', light) +
    patch('M188 104H212V430H188Z', tone(colour, 0.08), 0.18) +
    stitch('M191 110V424M209 110V424', '#1d1410', 0.2) +
    buttons(200, 136, 402, 6, '#fbf7ee') +
    patch('M158 76C170 92 184 100 200 106L176 142L146 92Z', light) +
    patch('M242 76C230 92 216 100 200 106L224 142L254 92Z', light) +
    patch('M232 186H280V232L256 244L232 232Z', tone(colour, 0.05), 0.35) +
    stitch('M236 194H276') +
    seam(twice('M 294 102 C 286 140 290 190 300 226')) +
    stitch(twice('M 290 102 C 282 140 286 190 296 226'), '#1d1410', 0.2)
  );
}

function rollNeck(colour) {
  const body = mirrored(
    'M 200 96 L 240 94 L 292 112 C 322 122 334 152 340 200 L 364 382 L 326 388 L 296 230 C 288 280 288 350 294 418 C 260 424 232 426 200 426',
  );
  const neck = 'M158 50C170 44 230 44 242 50L246 104C232 112 168 112 154 104Z';
  return (
    cloth(body, colour, { print: 'rib', ink: [tone(colour, -0.2)], inside: folds }) +
    cloth(neck, tone(colour, 0.04), { print: 'rib', ink: [tone(colour, -0.22)] }) +
    seam('M157 62C172 70 228 70 243 62', 1.6, 0.22) +
    seam(twice('M 284 110 C 278 144 284 196 296 230')) +
    seam('M106 400C150 408 250 408 294 400') +
    seam(twice('M 362 366 L 324 374'))
  );
}

function cardigan(colour) {
  const body = mirrored(
    'M 200 232 C 220 190 236 140 244 88 L 296 106 C 326 118 338 152 346 200 L 372 384 L 330 392 L 298 232 C 294 290 296 350 300 416 C 262 422 232 422 200 422',
  );
  const band = tone(colour, -0.14);
  return (
    back(colour, 88, 20, 46) +
    patch(
      'M154 92C168 150 184 196 200 232C216 196 232 150 246 92C226 104 174 104 154 92Z',
      tone(colour, -0.42),
    ) +
    cloth(body, colour, {
      print: 'rib',
      ink: [tone(colour, -0.09)],
      inside: `${folds}<rect x="80" y="392" width="240" height="40" fill="${band}" fill-opacity=".6"/>`,
    }) +
    patch('M156 86C164 140 182 192 209 232L210 422H192L191 240C168 200 150 146 144 92Z', band) +
    patch('M244 86C236 140 222 186 203 222L209 234C232 196 250 146 256 92Z', band) +
    buttons(201, 250, 404, 5, '#e8c98a') +
    patch('M118 320H172V328H118ZM228 320H282V328H228Z', band) +
    seam(twice('M 290 104 C 282 144 288 196 298 232')) +
    seam(twice('M 368 360 L 326 368'))
  );
}

function jumper(colour) {
  const body = mirrored(
    'M 200 118 C 224 118 238 106 244 90 L 302 110 C 336 124 348 160 354 210 L 380 388 L 332 396 L 302 240 C 298 300 300 360 304 420 C 264 428 232 430 200 430',
  );
  const rim = tone(colour, -0.08);
  return (
    back(colour, 86, 30, 44) +
    cloth(body, colour, {
      print: 'cable',
      ink: [tone(colour, -0.2)],
      inside: `<path d="M80 396H320V440H80Z" fill="${rim}"/>${folds}`,
    }) +
    patch(
      'M150 90C158 112 176 126 200 126S242 112 250 90L238 80C232 100 220 110 200 110S168 100 162 80Z',
      rim,
    ) +
    seam(
      'M158 86l6 12M166 98l8 11M178 108l6 13M192 112l2 14M208 112l-2 14M222 108l-6 13M234 98l-8 11M242 86l-6 12',
      1.4,
      0.22,
    ) +
    seam('M98 398C150 406 250 406 302 398') +
    seam(Array.from({ length: 25 }, (_, i) => `M${104 + i * 8} 402V427`).join(''), 1.4, 0.16) +
    seam(twice('M 296 108 C 288 150 292 206 302 240')) +
    seam(twice('M 376 362 L 328 372'))
  );
}

export const tops = {
  'LA-T01': () => tee('#efeae0'),
  'TW-T02': () => breton('#24344f'),
  'SB-T03': () => blouse('#e7bdb3'),
  'KR-T04': () => shirt('#aac4de'),
  'MI-T05': () => rollNeck('#b4552f'),
  'VE-T06': () => cardigan('#6c3b54'),
  'TW-T07': () => jumper('#eadfc8'),
};
