// Installs the package in a project of each framework as a shop would, builds it for production,
// opens its page in Chromium, and takes the advised size. A project with a script `dev` is opened
// on the framework's server for development too:
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
import { at, npmCommand, programOf } from '../../scripts/lib/repo.mjs';
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
 * Copies a project, publishes the model into it, and installs the package.
 * @param {string} name
 * @param {string} tarball
 */
async function installed(name, tarball) {
  const folder = at('out', 'frameworks', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(projects, name), folder, { recursive: true });
  const model = at('out', 'demo', 'shop.inseam');
  const fit = join(folder, name === 'sveltekit' ? 'static' : 'public', 'fit');
  await must('Publishing the model', programOf(false), ['publish', model, '--out', fit]);
  // For advice that is computed on the server.
  mkdirSync(join(folder, 'data'));
  cpSync(model, join(folder, 'data', 'shop.inseam'));
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball];
  await must(`Installing ${name}`, npm, install, { cwd: folder, env });
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

/** What the shopper has bought, as the page of their account stored it. */
const storePurchases = () => {
  // Until the server answers, the browser shows a page of its own, which may store nothing.
  if (location.protocol === 'http:')
    localStorage.setItem('inseam.shopper', '{"history":[{"article":"LA-D01","size":"38"}]}');
};

/**
 * The advice that was computed in a worker, on the page itself, or on a server, on a page of its
 * own; empty where the project has none.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 */
async function adviceElsewhere(page, url) {
  const place = page.locator('#server');
  if ((await place.count()) === 0) await page.goto(`${url}server`);
  if ((await place.count()) === 0) return '';
  await place.filter({ hasText: /\d/ }).waitFor({ timeout: 60_000 });
  return place.innerText();
}

/**
 * Opens a project's page and takes the advised size; throws unless the page then has chosen it.
 * @param {string} url
 * @returns {Promise<string>} what was seen
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
    // React and Vue say there that the markup of a server is not what the browser renders.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        errors.push(message.text());
    });
    await page.addInitScript(storePurchases);
    await openSoon(page, url);
    const accept = page.locator('inseam-advice .accept').first();
    await accept.waitFor({ timeout: 60_000 });
    const size = await page.evaluate(() => document.querySelector('inseam-advice').result.takes[0]);
    await accept.click();
    await page.locator('inseam-advice .chosen', { hasText: size }).waitFor({ timeout: 10_000 });
    const radio = await page.locator('input[name=size]:checked').inputValue();
    if (radio !== size) throw new Stop(`${size} was taken, ${radio} is chosen`);
    // What the framework's own state has, where the project shows it.
    const state = page.locator('#chosen');
    if ((await state.count()) > 0 && (await state.innerText()) !== size)
      throw new Stop(`${size} was taken, the page's own state has "${await state.innerText()}"`);
    const other = await adviceElsewhere(page, url);
    if (errors.length > 0) throw new Stop(errors.join('; '));
    return `${size} taken${other && `, ${other} computed elsewhere`}`;
  } finally {
    await browser.close();
  }
}

/**
 * Starts a server of a project, visits its page, and stops the server.
 * @param {string} folder
 * @param {string[]} command what npm runs
 * @param {number} port
 */
async function served(folder, command, port) {
  const server = spawn(npm, command, {
    cwd: folder,
    env: { ...env, PORT: String(port), HOST: 'localhost' },
    detached: true,
    stdio: 'ignore',
  });
  try {
    return await visit(`http://localhost:${port}/`);
  } finally {
    if (server.pid) process.kill(-server.pid);
  }
}

/**
 * @param {string} name
 * @param {number} port
 * @param {string} tarball
 */
async function tryOut(name, port, tarball) {
  const began = performance.now();
  const folder = await installed(name, tarball);
  const { dependencies, scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await must(`Building ${name}`, npm, ['run', 'build'], { cwd: folder, env });
  const option = ['sveltekit', 'astro'].includes(name) ? ['--', '--port', String(port)] : [];
  const seen = [`production: ${await served(folder, ['start', ...option], port)}`];
  if (scripts.dev) seen.push(`dev: ${await served(folder, ['run', 'dev'], port)}`);
  const version = dependencies[name === 'sveltekit' ? '@sveltejs/kit' : name];
  console.log(`${name} ${version}: ${seen.join('; ')} (${seconds(began)})`);
}

await script(async () => {
  await demo({ release: false });
  const { tarball } = await packed();
  const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(projects);
  for (const [i, name] of names.entries()) await tryOut(name, 4300 + i, tarball);
});
