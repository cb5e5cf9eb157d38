import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { at, wasmBindgenVersion } from './lib/repo.mjs';
import { hashOf } from './lib/stamp.mjs';
import { nextestServes, packagesMatch } from './setup.mjs';

test('the version of the wasm-bindgen program is the version that www/Cargo.toml pins', () => {
  assert.equal(wasmBindgenVersion('[dependencies]\nwasm-bindgen = "=0.2.130"\n'), '0.2.130');
  assert.equal(
    wasmBindgenVersion('wasm-bindgen = { version = "=1.2.3", features = ["std"] }\n'),
    '1.2.3',
  );
  assert.equal(
    wasmBindgenVersion(
      'wasm-bindgen-test = "0.3"\nwasm-bindgen = { features = [], version = "= 1.2.3" }',
    ),
    '1.2.3',
  );
  assert.throws(
    () => wasmBindgenVersion('wasm-bindgen = "0.2"\n'),
    /must pin wasm-bindgen.*found: 0\.2/,
  );
  assert.throws(() => wasmBindgenVersion('wasm-bindgen-test = "=0.2.130"\n'), /found: none/);
});

test('www/Cargo.toml pins wasm-bindgen to one version', () => {
  assert.match(wasmBindgenVersion(), /^\d+\.\d+\.\d+$/);
});

test('an installed cargo-nextest will do if it is not too old', () => {
  assert.equal(
    nextestServes('cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143'),
    true,
  );
  assert.equal(nextestServes('cargo-nextest 0.10.0'), true);
  assert.equal(nextestServes('cargo-nextest 1.0.0'), true);
  assert.equal(nextestServes('cargo-nextest 0.9.99'), false);
  assert.equal(nextestServes(''), false);
});

/** @param {(folder: string) => void} use */
function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'inseam-setup-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every installed package must have the version in the lock file', () => {
  inFolder((folder) => {
    const lock = join(folder, 'package-lock.json');
    const list = join(folder, 'installed.json');
    const match = (/** @type {object} */ installed) => {
      writeFileSync(list, JSON.stringify({ packages: installed }));
      return packagesMatch(lock, list);
    };
    const packages = { '': {}, a: { version: '1.0.0' }, b: { version: '2.0.0', optional: true } };
    writeFileSync(lock, JSON.stringify({ packages }));
    assert.equal(packagesMatch(lock, list), false, 'nothing installed');
    assert.equal(match({ a: { version: '1.0.0' } }), true, 'an optional package may be missing');
    assert.equal(match({ a: { version: '1.0.0' }, b: { version: '2.0.0' } }), true);
    assert.equal(match({ a: { version: '1.0.1' } }), false, 'another version');
    assert.equal(match({ b: { version: '2.0.0' } }), false, 'a package is missing');
    assert.equal(
      match({ a: { version: '1.0.0' }, c: { version: '1.0.0' } }),
      false,
      'a package is not in the lock file',
    );
  });
});

test('a stamp depends on the contents and names of files and on the given strings only', () => {
  inFolder((folder) => {
    const file = join(folder, 'a');
    writeFileSync(file, 'one');
    const first = hashOf([folder], ['v1']);
    writeFileSync(file, 'one');
    assert.equal(hashOf([folder], ['v1']), first, 'the time of a file does not matter');
    assert.notEqual(hashOf([folder], ['v2']), first);
    writeFileSync(file, 'two');
    assert.notEqual(hashOf([folder], ['v1']), first);
    writeFileSync(file, 'one');
    writeFileSync(join(folder, 'b'), '');
    assert.notEqual(hashOf([folder], ['v1']), first, 'an additional empty file');
  });
});

test('the lock file has a checksum for every package and names no registry', () => {
  const text = readFileSync(at('package-lock.json'), 'utf8');
  assert.doesNotMatch(text, /"resolved"/);
  const { packages } = JSON.parse(text);
  for (const [path, { optionalDependencies = {}, integrity }] of Object.entries(packages)) {
    assert.ok(path === '' || integrity, `${path} has no checksum`);
    // If a registry lacks the package of one platform, npm leaves it out of the lock file, and
    // `npm ci` then refuses the file.
    for (const name of Object.keys(optionalDependencies))
      assert.ok(packages[`node_modules/${name}`], `${name} is missing`);
  }
});
