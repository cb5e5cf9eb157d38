/** Dresses, laid flat. */
import { buttons, cloth, fold, mirrored, patch, seam, stitch, tone, twice } from './draw.js';

const back = (colour, top, depth, half) =>
  patch(
    `M${200 - half} ${top}C${200 - half + 14} ${top + 6} ${200 + half - 14} ${top + 6} ${200 + half} ${top}Q${200 + half - 6} ${top + depth} 200 ${top + depth}Q${200 - half + 6} ${top + depth} ${200 - half} ${top}Z`,
    tone(colour, -0.34),
  );

/** Folds that fall from the waist. */
const skirtFolds = (waist, hem, spread, opacity = 0.1) =>
  [0.15, 0.42, 0.7, 0.92]
    .map((t) =>
      fold(
        twice(
          `M ${200 + 34 * t + 6} ${waist} C ${206 + 44 * t} ${waist + 70} ${204 + spread * t * 0.8} ${hem - 90} ${202 + spread * t} ${hem}`,
        ),
        7,
        opacity,
      ),
    )
    .join('');

function shirtDress(colour) {
  const body = mirrored(
    'M 200 74 L 234 58 L 276 76 C 298 86 308 108 316 142 L 276 158 L 264 132 C 262 158 256 176 250 194 L 254 212 C 276 290 292 370 306 446 C 270 458 232 460 200 460',
  );
  const light = tone(colour, 0.14);
  return (
    back(colour, 56, 22, 32) +
    cloth(body, colour, {
      inside:
        skirtFolds(214, 456, 96) + fold(twice('M 250 160 C 240 176 232 180 222 198'), 6, 0.08),
    }) +
    patch('M191 84H209V460H191Z', tone(colour, 0.07), 0.18) +
    buttons(200, 108, 178, 3, '#f3ead8') +
    buttons(200, 240, 420, 6, '#f3ead8') +
    patch('M166 52C176 66 188 74 200 80L182 108L156 66Z', light) +
    patch('M234 52C224 66 212 74 200 80L218 108L244 66Z', light) +
    patch('M148 194H252L255 214H145Z', tone(colour, -0.22)) +
    patch('M190 190H212V218H190Z', '#cda867') +
    seam('M196 196H206V212H196Z', 1.4, 0.5) +
    seam(twice('M 270 74 C 262 92 260 112 264 132')) +
    stitch(twice('M 313 134 L 273 150')) +
    stitch('M96 444C140 453 260 453 304 444')
  );
}

function linenDress(colour) {
  const body = mirrored(
    'M 200 96 C 220 96 230 84 234 58 L 262 64 C 258 92 262 118 272 138 C 268 180 280 260 308 440 C 268 452 232 454 200 454',
  );
  return (
    back(colour, 58, 24, 34) +
    cloth(body, colour, {
      print: 'linen',
      ink: [tone(colour, -0.1)],
      inside:
        skirtFolds(200, 450, 98, 0.09) +
        fold(twice('M 270 150 C 250 164 240 168 230 178'), 7, 0.08),
    }) +
    patch(
      'M166 58C170 84 180 96 200 96S230 84 234 58L228 57C224 80 216 89 200 89S176 80 172 57Z',
      tone(colour, -0.08),
    ) +
    seam(twice('M 258 66 C 254 94 258 120 268 138'), 1.4, 0.2) +
    patch('M118 268L164 262L166 322Q140 334 112 326Z', tone(colour, 0.05), 0.35) +
    patch('M282 268L236 262L234 322Q260 334 288 326Z', tone(colour, 0.05), 0.35) +
    stitch('M119 276L163 270M281 276L237 270') +
    stitch('M94 438C140 447 260 447 306 438')
  );
}

function wrapDress(colour) {
  const body = mirrored(
    'M 200 168 C 216 136 228 96 232 58 L 274 74 C 300 84 316 116 322 162 C 306 172 286 172 274 166 L 264 128 C 262 160 256 180 250 200 C 270 270 290 350 300 430 C 268 446 232 452 200 452',
  );
  const panel = 'M232 58C226 104 196 160 152 196L150 204H250C256 180 262 160 264 128L274 74Z';
  const dark = tone(colour, -0.18);
  return (
    back(colour, 60, 16, 32) +
    patch(
      'M168 62C178 104 190 140 200 168C210 140 222 104 232 62C214 72 186 72 168 62Z',
      tone(colour, -0.45),
    ) +
    cloth(body, colour, { print: 'dots', ink: ['#f6e3cf'], inside: skirtFolds(206, 446, 92) }) +
    cloth(panel, colour, { print: 'dots', ink: ['#f6e3cf'] }) +
    seam('M168 58C174 104 190 150 206 170', 2.2, 0.35) +
    seam('M250 206C228 280 190 370 172 452', 2, 0.34) +
    fold('M244 214C222 284 188 372 168 448', 8, 0.12) +
    patch('M149 194H251L252 212H148Z', dark) +
    patch('M150 196C132 214 120 248 118 286L132 284C134 254 142 228 160 210Z', dark) +
    patch('M150 202C146 232 148 262 156 292L168 284C160 258 158 232 162 208Z', tone(colour, -0.1)) +
    patch('M156 192Q142 188 138 200T154 214Q166 206 156 192Z', tone(colour, -0.28)) +
    seam(twice('M 268 72 C 260 90 260 110 264 128'))
  );
}

function slipDress(colour) {
  const body = mirrored(
    'M 200 150 C 214 150 232 136 246 104 C 250 124 258 140 268 150 C 262 190 254 214 256 240 C 268 310 288 390 300 452 C 268 462 232 466 200 466',
  );
  const straps =
    'M155 108C158 84 166 58 178 36M245 108C242 84 234 58 222 36M178 36C190 30 210 30 222 36';
  return (
    `<path d="${straps}" fill="none" stroke="${tone(colour, -0.3)}" stroke-width="4.5"/><path d="${straps}" fill="none" stroke="${tone(colour, -0.05)}" stroke-width="3"/>` +
    patch(
      'M154 106C164 118 182 126 200 126S236 118 246 106C232 134 214 150 200 150S168 134 154 106Z',
      tone(colour, -0.3),
    ) +
    cloth(body, colour, {
      inside:
        `<path d="M240 130C232 230 262 340 274 470L240 470C236 340 214 220 222 150Z" fill="#fff" fill-opacity=".3"/><path d="M150 150C158 250 142 350 130 470L150 470C160 350 172 250 164 160Z" fill="#fff" fill-opacity=".18"/>` +
        fold('M166 140C182 164 220 166 236 138M160 156C180 186 224 186 242 154', 6, 0.1) +
        skirtFolds(250, 462, 90, 0.07),
    }) +
    seam('M154 106C168 134 186 150 200 150S232 134 246 106', 1.8, 0.3) +
    stitch('M103 446C140 457 260 457 297 446', '#1d1410', 0.22)
  );
}

function tieredDress(colour) {
  const body = mirrored(
    'M 200 92 L 238 92 L 242 60 L 268 66 C 306 70 324 104 318 152 C 304 160 286 158 272 150 L 264 130 C 262 150 260 160 260 172 C 272 200 280 226 286 252 C 300 282 306 306 312 340 C 324 380 330 404 334 442 C 290 456 240 458 200 458',
  );
  const ruffles = (y, half) => {
    let out = '';
    for (let x = 200 - half; x <= 200 + half; x += 13)
      out += `M${x} ${y}q${(x - 200) * 0.03} 14 ${(x - 200) * 0.07} 30`;
    return seam(out, 1.7, 0.24);
  };
  return (
    patch('M160 64L164 96H236L240 64C220 74 180 74 160 64Z', tone(colour, -0.34)) +
    cloth(body, colour, {
      inside:
        fold(twice('M 236 190 C 244 270 258 360 270 450'), 9, 0.07) +
        fold(twice('M 300 90 C 304 110 302 130 296 150'), 7, 0.12),
    }) +
    seam('M140 172C180 178 220 178 260 172', 2) +
    ruffles(176, 56) +
    seam('M114 252C160 262 240 262 286 252', 2.2) +
    ruffles(258, 84) +
    seam('M88 340C150 352 250 352 312 340', 2.2) +
    ruffles(348, 110) +
    stitch('M160 88H240', '#ffffff', 0.5) +
    stitch(twice('M 316 144 C 302 152 288 150 276 144'), '#ffffff', 0.5) +
    seam(twice('M 262 66 C 256 90 258 112 264 130'))
  );
}

function prairieDress(colour) {
  const body = mirrored(
    'M 200 70 L 226 66 L 262 78 C 290 88 302 120 308 170 L 322 292 L 286 298 L 266 162 C 262 180 256 190 252 204 C 268 262 288 330 304 404 C 314 420 316 436 316 450 C 276 460 236 462 200 462',
  );
  return (
    cloth(body, colour, {
      print: 'flowers',
      ink: ['#d9776a', '#f2ead2'],
      inside: skirtFolds(210, 404, 94, 0.12),
    }) +
    patch('M172 50C182 44 218 44 228 50L230 72C220 80 180 80 170 72Z', tone(colour, 0.1)) +
    seam('M178 48v26M186 46v30M194 45v32M206 45v32M214 46v30M222 48v26', 1.2, 0.25) +
    patch('M322 288L286 295L288 316Q308 322 328 310Z', tone(colour, 0.1)) +
    patch('M78 288L114 295L112 316Q92 322 72 310Z', tone(colour, 0.1)) +
    seam('M148 204C180 210 220 210 252 204', 2.2, 0.4) +
    seam('M96 404C150 418 250 418 304 404', 2, 0.4) +
    seam(
      Array.from(
        { length: 17 },
        (_, i) => `M${104 + i * 12} ${410 + 6 * Math.sin((i / 16) * Math.PI)}l${(i - 8) * 0.7} 40`,
      ).join(''),
      1.6,
      0.22,
    ) +
    seam(twice('M 234 80 C 236 110 232 130 214 146 C 206 150 202 150 200 150'), 1.6, 0.25) +
    buttons(200, 92, 138, 3, '#f7efdd') +
    seam(twice('M 258 78 C 252 110 258 140 266 162'))
  );
}

function knitDress(colour) {
  const body = mirrored(
    'M 200 66 L 230 64 L 268 80 C 292 90 300 118 306 160 L 326 330 L 294 336 L 268 176 C 262 206 256 224 258 246 C 268 300 270 380 266 452 C 240 460 220 460 200 460',
  );
  const neck = 'M168 40C180 34 220 34 232 40L234 70C222 78 178 78 166 70Z';
  return (
    cloth(body, colour, {
      print: 'rib',
      ink: [tone(colour, 0.14)],
      inside:
        fold(twice('M 256 190 C 242 206 232 212 222 222'), 7, 0.14) +
        fold(twice('M 236 270 C 242 330 240 400 238 450'), 9, 0.12),
    }) +
    cloth(neck, tone(colour, 0.06), { print: 'rib', ink: [tone(colour, 0.2)] }) +
    seam(twice('M 262 78 C 256 110 260 146 268 176'), 1.8, 0.5) +
    seam('M136 434C170 442 230 442 264 434', 1.6, 0.5) +
    seam(twice('M 323 312 L 291 319'), 1.6, 0.5)
  );
}

export const dresses = {
  'LA-D01': () => shirtDress('#9aab8c'),
  'TW-D02': () => linenDress('#dccdb0'),
  'SB-D03': () => wrapDress('#bf5f3f'),
  'VE-D04': () => slipDress('#dcc7a3'),
  'MI-D05': () => tieredDress('#4d7ea8'),
  'KR-D06': () => prairieDress('#41583f'),
  'LA-D07': () => knitDress('#4b4d52'),
};
