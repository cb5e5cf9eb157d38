// The reference of the API, docs/api.md, agrees with the types.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { at } from '../../scripts/lib/repo.mjs';
import { reference } from '../../scripts/reference.mjs';

const written = readFileSync(at('docs', 'api.md'), 'utf8');

test('docs/api.md is up to date (npm run reference writes it)', () =>
  assert.equal(written, reference()));

test('everything that is exported is described', () => {
  const sections = written.split(/^### /m).slice(1);
  assert.ok(sections.length > 30, `${sections.length} sections`);
  for (const section of sections) {
    const [name = '', ...rest] = section.replace(/```[\s\S]*?```/g, '').split('\n');
    assert.match(rest.join('\n').split(/^- /m)[0] ?? '', /\w{3}/, `${name} is described`);
  }
});
