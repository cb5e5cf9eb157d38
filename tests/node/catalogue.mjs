// Models of shops of any size. examples/catalogue.rs writes them; they are reused until it is
// compiled again.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { at, exampleOf } from '../../scripts/lib/repo.mjs';
import { must } from '../../scripts/lib/run.mjs';

/** The bytes of a model with this number of articles, A0, A1 ... @param {number} articles */
export async function catalogue(articles) {
  const file = at('target', 'catalogue', `${articles}.inseam`);
  const writer = exampleOf('catalogue');
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (written < statSync(writer).mtimeMs)
    await must(`Writing a model of ${articles} articles`, writer, [String(articles), file]);
  return readFileSync(file);
}

/**
 * The same model with a signature, and the public key as pages take it.
 * @param {Buffer} bytes
 */
export function signed(bytes) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const out = Buffer.from(bytes);
  const blocks = out.readUInt32LE(16);
  const head = 32 + out.readUInt32LE(12) + 2 * blocks + 16 * Math.min(blocks, 256) + 96;
  sign(null, out.subarray(0, head - 80), privateKey).copy(out, head - 80);
  const sum = createHash('sha256').update(out.subarray(head - 96, head - 16));
  sum.digest().copy(out, head - 16, 0, 16);
  return {
    bytes: out,
    key: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex'),
  };
}

/**
 * The offsets at which blocks begin, from a file's preamble, and the end of the last.
 * @param {Buffer} file
 */
export function blockStarts(file) {
  const [a, blocks] = [file.readUInt32LE(12), file.readUInt32LE(16)];
  const found = [32 + a + 2 * blocks + 16 * Math.min(blocks, 256) + 96];
  for (let i = 0; i < blocks; i++) found.push(found[i] + file.readUInt16LE(32 + a + 2 * i));
  return found;
}
