// Accessibility: axe finds no violation of WCAG 2.2 AA in any state and language of the element, or
// on the demo shop's pages, light or dark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, gallery, languages, turn } from './gallery.mjs';
import { openShop, picture, visit } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in any state or language, details open: ${theme}`, async () => {
    const { page, close } = await gallery(shop, `details=open&theme=${theme}`);
    await page.locator('inseam-advice .asking .form').first().waitFor();
    for (const lang of languages) {
      await turn(page, lang);
      assert.deepEqual(await faults(page), [], lang);
      if (lang === 'de' || lang === 'en') await picture(page, `gallery-${lang}-${theme}`);
    }
    await close();
  });
}

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  for (const hash of ['', '#/article/SB-D03', 'integrate/']) {
    test(`axe finds nothing on the shop’s pages: ${hash || 'window'}, ${scheme}`, async () => {
      const { page, close } = await visit(shop, hash, { scheme });
      if (hash.includes('article')) {
        await page.locator('inseam-advice .toggle').click();
        await page.locator('inseam-advice .wear').waitFor();
        await page.locator('svg.belief').waitFor();
      } else await page.locator('.tag:visible, pre').first().waitFor();
      assert.deepEqual(await faults(page), []);
      await close();
    });
  }
}
