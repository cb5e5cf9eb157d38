// Installs the package in a project of each framework as a shop would, builds it for production,
// opens its page in Chromium, and takes the advised size:
//
//     npm run build && node tests/packaging/frameworks.mjs [NAME...]
//
// The projects are in frameworks/. This is run by hand, as it downloads some hundred packages for
// each. BENCHMARKS.md has the results.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { demo } from '../../scripts/demo.mjs';
import { at, npmCommand } from '../../scripts/lib/repo.mjs';
import { must, Stop, script, seconds } from '../../scripts/lib/run.mjs';
import { chromiumPath } from '../../scripts/setup.mjs';
import { packed } from './pack.mjs';

const projects = at('tests', 'packaging', 'frameworks');
const npm = npmCommand('npm');
const env = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  CI: '1',
};

/**
 * Installs and builds a project.
 * @param {string} name
 * @param {string} tarball
 */
async function built(name, tarball) {
  const folder = at('out', 'frameworks', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(projects, name), folder, { recursive: true });
  const fit = join(folder, name === 'sveltekit' ? 'static' : 'public', 'fit');
  mkdirSync(fit, { recursive: true });
  cpSync(at('out', 'demo', 'shop.inseam'), join(fit, 'shop.inseam'));
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball];
  await must(`Installing ${name}`, npm, install, { cwd: folder, env });
  await must(`Building ${name}`, npm, ['run', 'build'], { cwd: folder, env });
  return folder;
}

/**
 * Opens a page as soon as its server answers.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 */
async function openSoon(page, url) {
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      await page.goto(url);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}

/**
 * What a page shows: the advised size, what was chosen after a click, and what was computed
 * elsewhere, on the server or in a worker.
 * @param {string} url
 */
async function visit(url) {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--headless', '--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await openSoon(page, url);
    const accept = page.locator('inseam-advice .accept').first();
    await accept.waitFor({ timeout: 60_000 });
    const size = await page.evaluate(() => document.querySelector('inseam-advice').result.takes[0]);
    await accept.click();
    await page.locator('#chosen', { hasText: size }).waitFor({ timeout: 10_000 });
    const radio = await page.locator('input:checked').inputValue();
    const elsewhere = page.locator('#server');
    if ((await elsewhere.count()) > 0)
      await elsewhere.filter({ hasText: /\d/ }).waitFor({ timeout: 30_000 });
    const other = (await elsewhere.count()) > 0 ? await elsewhere.innerText() : '';
    return { size, radio, other, errors };
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} name
 * @param {number} port
 * @param {string} tarball
 */
async function tryOut(name, port, tarball) {
  const began = performance.now();
  const folder = await built(name, tarball);
  const took = seconds(began);
  const option = ['sveltekit', 'astro'].includes(name) ? ['--', '--port', String(port)] : [];
  const server = spawn(npm, ['start', ...option], {
    cwd: folder,
    env: { ...env, PORT: String(port), HOST: 'localhost' },
    detached: true,
    stdio: 'ignore',
  });
  try {
    const { size, radio, other, errors } = await visit(`http://localhost:${port}/`);
    if (errors.length > 0) throw new Stop(`${name}: ${errors.join('; ')}`);
    if (radio !== size) throw new Stop(`${name}: ${size} was taken, ${radio} is chosen`);
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const version = dependencies[name === 'sveltekit' ? '@sveltejs/kit' : name];
    console.log(
      `${name} ${version}: ${size} taken${other && `, ${other} computed elsewhere`} (${took})`,
    );
  } finally {
    if (server.pid) process.kill(-server.pid);
  }
}

await script(async () => {
  await demo({ release: false });
  const { tarball } = await packed();
  const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(projects);
  for (const [i, name] of names.entries()) await tryOut(name, 4300 + i, tarball);
});
