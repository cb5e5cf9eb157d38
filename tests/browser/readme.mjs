// Takes the README's picture of the demo shop: `npm run picture` writes docs/page.png.
import { build } from '../../scripts/build.mjs';
import { demo } from '../../scripts/demo.mjs';
import { at } from '../../scripts/lib/repo.mjs';
import { script, started } from '../../scripts/lib/run.mjs';
import { setup } from '../../scripts/setup.mjs';
import { openShop } from './shop.mjs';

if (started(import.meta.url)) {
  await script(async () => {
    await setup(['rust', 'wasm', 'npm', 'chromium']);
    await build();
    await demo({ release: false });
    const shop = await openShop();
    const viewport = { width: 1280, height: 1400 };
    const context = await shop.browser.newContext({
      viewport,
      deviceScaleFactor: 0.75,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${shop.url}/#/article/SB-D03`);
    await page.locator('svg.belief').waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: at('docs', 'page.png'), animations: 'disabled' });
    await shop.close();
    console.log('picture: docs/page.png');
  });
}
