// What axe finds at WCAG 2.2 AA in every state of the element and every language, light and dark: nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, gallery, languages, turn } from './gallery.mjs';
import { openShop, picture } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in any state or language, details open: ${theme}`, async () => {
    const { page, close } = await gallery(shop, `details=open&theme=${theme}`);
    await page.locator('inseam-advice .asking form').first().waitFor();
    for (const lang of languages) {
      await turn(page, lang);
      assert.deepEqual(await faults(page), [], lang);
      if (lang === 'de' || lang === 'en') await picture(page, `gallery-${lang}-${theme}`);
    }
    await close();
  });
}
