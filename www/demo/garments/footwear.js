/** Pairs of shoes from the side, one shoe behind the other. */
import { cloth, fold, patch, seam, stitch, tone } from './draw.js';

/** Places the far shoe behind the near one, a little up and to the right. */
const pair = (draw, dx = 46, dy = -58) =>
  `<g transform="translate(20 24) scale(.9)"><g transform="translate(${dx} ${dy})" style="filter:brightness(.86)">${draw()}</g><g transform="translate(-30 16)">${draw()}</g></g>`;

const ground = (y, from = 50, to = 360) =>
  `<ellipse cx="${(from + to) / 2}" cy="${y}" rx="${(to - from) / 2}" ry="9" fill="#3a2a1c" fill-opacity=".16"/>`;

function sneaker(colour) {
  return pair(() => {
    const upper =
      'M58 306C54 280 62 244 74 226C84 214 100 212 112 220C126 230 142 230 158 216L182 206C196 236 224 258 262 268C308 276 340 284 350 306L352 318H58Z';
    return (
      ground(350) +
      cloth(upper, colour, { inside: fold('M262 268C252 286 250 300 252 318', 6, 0.08) }) +
      patch(
        'M54 306C54 300 352 300 354 308C356 326 352 340 344 344H64C54 340 52 324 54 306Z',
        '#fbf9f4',
      ) +
      seam('M58 318H352', 1.4, 0.25) +
      patch(
        'M60 262C62 244 68 232 76 224C86 214 100 214 110 220L98 300H58C56 288 58 272 60 262Z',
        '#7f8f78',
      ) +
      patch(
        'M158 216L182 206C190 224 202 238 218 250L196 266C178 252 166 236 158 216Z',
        tone(colour, -0.05),
      ) +
      patch(
        'M160 198C164 190 176 188 184 194C196 222 222 246 254 258C246 268 234 270 222 266C194 254 172 230 160 198Z',
        tone(colour, 0.4),
      ) +
      seam('M168 221L192 211M178 236L203 223M191 249L216 235M207 259L231 246', 5, 0.22) +
      `<path d="M168 220L192 210M178 235L203 222M191 248L216 234M207 258L231 245" stroke="#fff" stroke-width="3.6" stroke-linecap="round"/>` +
      stitch('M112 226C124 270 128 290 128 304M252 262C282 270 310 278 336 296') +
      seam('M300 276C290 286 286 296 286 304', 1.5, 0.2)
    );
  });
}

function loafer(colour) {
  return pair(() => {
    const upper =
      'M64 312C58 282 64 250 74 238C84 232 96 238 112 246C140 258 166 254 186 240C206 246 228 250 256 262C302 272 338 286 346 308L346 318H64Z';
    return (
      ground(346) +
      patch(
        'M74 238C88 228 108 238 124 244C148 252 168 250 186 240C172 262 112 268 74 238Z',
        tone(colour, -0.6),
      ) +
      cloth(upper, colour, {
        inside: `<path d="M250 264C290 270 328 286 344 308" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="7"/>`,
      }) +
      patch(
        'M168 250L190 238C202 246 214 252 230 256L206 316H172C176 292 176 270 168 250Z',
        tone(colour, -0.16),
      ) +
      patch('M184 274L208 280L204 292L180 286Z', tone(colour, -0.5)) +
      seam('M230 258C262 250 318 282 322 304', 2.4, 0.4) +
      stitch('M228 264C256 258 308 286 314 306', '#f3d9b0', 0.5) +
      stitch('M78 246C104 264 140 268 168 256', '#f3d9b0', 0.5) +
      patch('M60 314H348C352 324 350 330 346 332H120V344H62Z', '#33241a') +
      seam('M62 320H348', 1.2, 0.5)
    );
  });
}

function ballerina(colour) {
  return pair(
    () => {
      const upper =
        'M70 322C62 296 68 272 78 262C86 260 92 268 104 282C140 306 200 308 236 284C250 276 262 276 276 280C318 288 342 304 346 322L344 328H72Z';
      return (
        ground(344) +
        patch(
          'M78 262C90 256 100 268 116 276C152 294 204 292 236 280C218 312 118 318 78 262Z',
          '#c9a893',
        ) +
        cloth(upper, colour, {
          inside: `<path d="M270 288C302 292 328 304 338 320" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="5"/>`,
        }) +
        seam('M78 262C86 260 92 268 104 282C140 306 200 308 236 284', 3, 0.6) +
        patch(
          'M236 284C222 268 206 270 206 280C208 290 226 292 238 286C248 296 262 298 266 290C268 280 252 274 238 284Z',
          tone(colour, 0.12),
          0.7,
        ) +
        patch('M66 324H348C350 332 346 338 340 338H96V344H70C66 338 64 330 66 324Z', '#2a211c')
      );
    },
    44,
    -62,
  );
}

function chelsea(colour) {
  return pair(
    () => {
      const upper =
        'M84 346C78 320 84 296 88 270C90 220 86 170 84 128C112 120 152 120 176 128C178 176 184 222 200 256C230 284 282 292 316 308C334 318 340 330 340 346Z';
      return (
        ground(378, 60, 350) +
        patch('M84 128C104 118 156 118 176 128C156 136 104 136 84 128Z', tone(colour, -0.6)) +
        cloth(upper, colour, {
          inside:
            fold('M92 270C120 282 160 280 196 256', 7, 0.12) +
            `<path d="M210 268C250 290 300 296 330 326" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="8"/>`,
        }) +
        patch(
          'M116 132H152C152 180 156 220 150 256C142 268 128 268 120 256C116 216 118 176 116 132Z',
          '#2d2622',
        ) +
        seam(
          'M124 136C124 180 122 220 126 256M132 136V262M140 136C140 180 144 220 142 260',
          1.2,
          0.6,
        ) +
        `<path d="M124 136C124 180 124 220 127 256M133 136V262M142 136C142 180 146 220 143 260" stroke="#fff" stroke-opacity=".14" stroke-width="1.4" fill="none"/>` +
        patch('M92 124C86 108 92 98 100 100V128Z', tone(colour, -0.15)) +
        seam('M150 256C176 268 186 300 186 344', 1.8, 0.35) +
        stitch('M146 262C170 272 180 302 180 344', '#f3d9b0', 0.45) +
        patch(
          'M80 344H344C348 356 346 362 340 364H150L146 376H82C78 366 78 354 80 344Z',
          '#2b201a',
        ) +
        seam('M82 352H344', 1.2, 0.5)
      );
    },
    40,
    -54,
  );
}

function sandal(colour) {
  return pair(() => {
    const strap = (d) =>
      `<path d="${d}" fill="none" stroke="${tone(colour, -0.45)}" stroke-width="17" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${colour}" stroke-width="14.5" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="3" stroke-linecap="round"/>`;
    return (
      ground(346) +
      strap('M92 306C84 276 86 250 96 228') +
      strap('M96 232C122 220 148 226 160 246') +
      strap('M160 246C158 262 150 286 142 308') +
      strap('M214 312C220 276 252 262 286 308') +
      strap('M244 312C254 280 286 272 312 310') +
      `<rect x="132" y="224" width="18" height="18" rx="3" fill="none" stroke="#b88f3f" stroke-width="4" transform="rotate(18 141 233)"/>` +
      patch(
        'M66 308C120 300 180 316 240 308C290 302 336 304 348 314C352 322 348 326 342 328H74C64 324 62 314 66 308Z',
        tone(colour, 0.28),
      ) +
      patch('M66 322H348C350 336 344 342 336 343H80C68 342 64 334 66 322Z', '#4a3527') +
      seam('M70 330H346', 1.2, 0.4)
    );
  });
}

function espadrille(colour) {
  return pair(() => {
    const upper =
      'M68 306C62 276 70 248 80 240C96 240 104 250 126 258C150 264 172 258 190 248C236 256 326 270 346 308Z';
    let rope = '';
    for (let x = 66; x < 346; x += 9) rope += `M${x} 342l9 -34`;
    return (
      ground(348) +
      patch(
        'M80 240C98 232 116 246 132 250C154 256 174 254 190 248C172 272 112 276 80 240Z',
        '#a98e66',
      ) +
      cloth(upper, colour, { print: 'linen', ink: [tone(colour, -0.16)] }) +
      patch('M62 306H350C356 322 350 340 340 344H74C60 340 56 322 62 306Z', '#c9a66b') +
      seam(rope, 2, 0.3) +
      seam('M62 318C150 326 260 326 352 318M64 331C150 338 260 338 350 331', 1.6, 0.35) +
      stitch('M232 262C216 276 208 290 206 304', '#8a6c40', 0.9) +
      `<path d="M70 300C150 296 260 296 344 300" fill="none" stroke="#3d5f86" stroke-width="3" stroke-dasharray="7 5"/>`
    );
  });
}

function rainBoot(colour) {
  return pair(
    () => {
      const upper =
        'M92 386C86 350 96 320 98 290C98 210 92 140 92 74C120 66 160 66 184 74C186 140 184 210 196 276C206 312 270 322 306 340C328 350 334 366 334 386Z';
      return (
        ground(408, 64, 350) +
        patch('M92 74C112 62 164 62 184 74C164 84 112 84 92 74Z', tone(colour, -0.6)) +
        cloth(upper, colour, {
          inside: `<path d="M120 84C124 170 120 250 122 320" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="10"/><path d="M206 304C246 330 296 336 322 366" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="8"/>${fold('M100 300C130 306 170 304 196 282', 7, 0.16)}`,
        }) +
        patch('M91 74C112 84 164 84 185 74V96C164 106 112 106 92 96Z', tone(colour, -0.18)) +
        patch('M160 108L186 112L184 124L158 120Z', '#caa75e') +
        patch('M150 104H164V126H150Z', tone(colour, -0.3)) +
        patch('M88 384H338C344 398 340 404 334 406H160V412H90C84 404 84 394 88 384Z', '#2c2a26') +
        patch('M252 326C290 334 330 352 334 384H262C270 364 268 346 252 326Z', tone(colour, -0.12))
      );
    },
    42,
    -40,
  );
}

export const footwear = {
  'LA-F01': () => sneaker('#f1ece2'),
  'TW-F02': () => loafer('#7a4426'),
  'SB-F03': () => ballerina('#26242a'),
  'KR-F04': () => chelsea('#9a5a2e'),
  'VE-F05': () => sandal('#b17b4a'),
  'MI-F06': () => espadrille('#eee2c6'),
  'TW-F07': () => rainBoot('#3f5a49'),
};
