// The element on pages of other shops: what it reads from the page, what it tells the page, and
// that it sends nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults } from './gallery.mjs';
import { askFor, shopPage } from './page.mjs';
import { openShop, visit } from './shop.mjs';

/** @type {Awaited<ReturnType<typeof openShop>>} */
let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

const history = [
  { article: 'LA-D01', size: '38', outcome: 'kept' },
  { article: 'VE-D04', size: '42', outcome: 'kept' },
];

/**
 * A page with one element, once it has shown its first advice.
 * @param {string} path
 * @param {Parameters<typeof visit>[2]} [how]
 */
async function open(path, how) {
  const seen = await visit(shop, `test/${path}`, how);
  const { page } = seen;
  await page.waitForFunction(() => document.querySelector('inseam-advice').result);
  const element = page.locator('inseam-advice');
  return {
    ...seen,
    element,
    /** Changes the element or the page, and returns the advice that follows. */
    after: async (
      /** @type {(element: any, value: any) => void} */ change,
      /** @type {any} */ value,
    ) => {
      await element.evaluate((host) => {
        globalThis.nextAdvice = new Promise((done) => {
          host.addEventListener('inseam-advice', ({ detail }) => done(detail), { once: true });
        });
      });
      await element.evaluate(change, value);
      return element.evaluate(async () => {
        const late = new Promise((_, fail) =>
          setTimeout(() => fail(new Error('no advice came')), 20_000),
        );
        const { state, advice } = await Promise.race([globalThis.nextAdvice, late]);
        return { state, size: advice?.size, alternative: advice?.alternative };
      });
    },
    line: async () => (await element.locator('.line').innerText()).replace(/\s+/g, ' ').trim(),
  };
}

test('article and stock are read from the page’s JSON-LD', async () => {
  const { element, after, line, errors, close } = await open('product.html');
  const { size } = await after((host, history) => {
    host.shopper = { history };
  }, history);
  assert.ok(['42', '46'].includes(size), `${size} can be had`);
  const named = await element.evaluate((host) => host.result.advice.outcomes.length);
  assert.equal(named, 7, 'the model knows more sizes than the page lists');
  const other = await after((host) => host.setAttribute('in-stock', '44'), undefined);
  assert.equal(other.size, '44', 'the attribute has priority');
  assert.match(await line(), /44/);
  assert.deepEqual(errors, []);
  await close();
});

test('nothing on the page moves when the advice appears', async () => {
  for (const width of [320, 768, 1440]) {
    const { page, close } = await open('product.html', {
      width,
      before: () => {
        globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            globalThis.moved += /** @type {any} */ (entry).value;
        }).observe({ type: 'layout-shift', buffered: true });
      },
    });
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    assert.equal(await page.evaluate(() => globalThis.moved), 0, `${width} pixels`);
    await close();
  }
});

/** What shops call their size charts. */
const sizeCharts = {
  en: 'Size chart',
  de: 'Größentabelle',
  es: 'Guía de tallas',
  fr: 'Guide des tailles',
  it: 'Guida alle taglie',
  nl: 'Maattabel',
  pl: 'Tabela rozmiarów',
  sv: 'Storleksguide',
};

test('what a stranger reads on a phone takes the reserved space, in every language', async () => {
  for (const [lang, chart] of Object.entries(sizeCharts)) {
    const html = `<meta name="viewport" content="width=device-width"><style>body { margin: 16px; font: 16px/1.5 sans-serif } inseam-advice { display: block; min-height: 5.4em }</style><inseam-advice model="/fit/shop.inseam" article="SB-D03"><a href="#chart">${chart}</a></inseam-advice><p id="after">Buy</p>`;
    const seen = await shopPage(shop, html, { lang, width: 360, height: 740 });
    const { page, host, settled, close } = seen;
    assert.equal((await settled()).state, 'unsure');
    const [reserved, height] = await host.evaluate((element) => [
      Number.parseFloat(getComputedStyle(element).minHeight),
      element.getBoundingClientRect().height,
    ]);
    assert.ok(height <= reserved, `${lang}: ${height} pixels`);
    assert.equal(await page.getByRole('link', { name: chart }).isVisible(), true);
    await close();
  }
});

test('nothing is chosen for the shopper unless the page asks for it', async () => {
  const { page, after, close } = await open('buttons.html');
  const { size } = await after((host, history) => {
    host.shopper = { history };
  }, history);
  assert.equal(await page.locator('input:checked').count(), 0);
  await after((host) => host.setAttribute('preselect', ''), undefined);
  assert.equal(await page.locator('input:checked').inputValue(), size);
  await page.locator('input[value="48"]').check();
  await after((host) => host.refresh(), undefined);
  assert.equal(
    await page.locator('input:checked').inputValue(),
    '48',
    'what the shopper chose stays',
  );
  await close();
});

test('the stock of the size buttons is followed', async () => {
  const { page, after, line, close } = await open('buttons.html');
  const { size } = await after((host, history) => {
    host.shopper = { history };
  }, history);
  const gone = await after((_, size) => {
    document.querySelector(`input[value="${size}"]`).disabled = true;
  }, size);
  assert.notEqual(gone.size, size);
  if (gone.state === 'sold-out')
    assert.match(await line(), new RegExp(`^${size} is your size, but it is sold out`));
  await after((host) => host.setAttribute('for', 'list'), undefined);
  await page.locator('inseam-advice .accept').first().click();
  assert.match(await page.locator('#list').inputValue(), /^\d\d$/, 'a list of options works too');
  await close();
});

test('the page gets an event across shadow roots when a size is taken, and can prevent the choice', async () => {
  const { page, element, after, close } = await open('buttons.html');
  await after((host, history) => {
    host.shopper = { history };
  }, history);
  await page.evaluate(() => {
    globalThis.accepted = [];
    document.addEventListener('inseam-accept', (event) => {
      globalThis.accepted.push(event.detail);
      if (globalThis.accepted.length === 1) event.preventDefault();
    });
  });
  const accept = element.locator('.accept').first();
  await accept.click();
  assert.equal(await page.locator('input:checked').count(), 0);
  await accept.click();
  const chosen = await page.locator('input:checked').inputValue();
  const accepted = await page.evaluate(() => globalThis.accepted);
  assert.deepEqual(
    accepted.map(({ article, size, sizes }) => [article, size, sizes]),
    Array(2).fill(['SB-D03', chosen, [chosen]]),
  );
  await close();
});

test('a shop’s own texts replace the package’s; the page’s language decides the rest', async () => {
  const { page, after, line, close } = await open('buttons.html');
  await after((host, history) => {
    host.shopper = { history };
    host.texts = { take: 'Go for {size}!', between: 'Go for {size} or {other}!' };
  }, history);
  assert.match(await line(), /^Go for \d\d/);
  await page.evaluate(() => {
    document.documentElement.lang = 'de-AT';
  });
  await after((host) => host.refresh(), undefined);
  assert.match(await line(), /^Go for \d\d.*(Passt|sitzt enger)/);
  await after((host) => host.setAttribute('lang', 'xx'), undefined);
  assert.match(await line(), /(Fits|fits closer)/, 'English where there are no texts');
  await close();
});

test('the size is shown in the shopper’s own system too', async () => {
  const { element, after, line, close } = await open('buttons.html');
  const { size } = await after((host, history) => {
    host.setAttribute('system', 'EU');
    host.shopper = { history };
  }, history);
  const [, own] = /(?:Take|between) \d\d \(EU (\d\d)\)/.exec(await line()) ?? [];
  assert.ok(own, await line());
  const apart = await element.evaluate(
    (host, [size, own]) => {
      const { model, facts } = host.result;
      const position = (labels, text) => labels.find((label) => label.size === text).position;
      const scale = model
        .scales(facts.group)
        .find(({ system }) => system === 'WearableSizeSystemEurope');
      return position(facts.sizes, size) - position(scale.labels, own);
    },
    [(/\d\d/.exec(await line()) ?? [''])[0], own],
  );
  assert.ok(Math.abs(apart) <= 0.5, `${apart} steps apart`);
  assert.ok(size);
  // The size that is sold out is the shopper's: they know it by its label in their own system.
  const sure = await after((host) => {
    host.shopper = { history: ['LA-D01', 'LA-D07'].map((article) => ({ article, size: '38' })) };
  }, undefined);
  assert.equal(sure.state, 'advised');
  const gone = await after((_, size) => {
    document.querySelector(`input[value="${size}"]`).disabled = true;
  }, sure.size);
  assert.equal(gone.state, 'sold-out');
  assert.match(
    await line(),
    new RegExp(`^${sure.size} \\(EU \\d\\d\\) is your size, but it is sold out`),
  );
  await after((host) => host.setAttribute('system', 'IT'), undefined);
  assert.doesNotMatch(await line(), /\(/, 'the article is in that system already');
  await close();
});

test('a whole visit requests only the page’s own files and the model, and sends nothing', async () => {
  const { page, element, after, close } = await open('buttons.html', {
    before: () =>
      localStorage.setItem('inseam.shopper', '{"history":[],"body":{"height_cm":171.25}}'),
  });
  // From here on every request is recorded, beacons and sockets too. The page is then loaded again.
  /** @type {{ url: URL, method: string, body: string | null }[]} */
  const requests = [];
  page.on('request', (r) =>
    requests.push({ url: new URL(r.url()), method: r.method(), body: r.postData() }),
  );
  page.on('websocket', (socket) =>
    requests.push({ url: new URL(socket.url()), method: 'WebSocket', body: null }),
  );
  await page.reload();
  await page.waitForFunction(() => document.querySelector('inseam-advice').result);
  await element.locator('.toggle').click();
  await askFor(element, 'Weight');
  await element.locator('.asking input').first().fill('61.75');
  await element.locator('.answer').click();
  await page.waitForFunction(
    () => document.querySelector('inseam-advice').result.advice.reasons.length > 0,
  );
  await element.locator('input[name=wear]').last().check();
  await page.evaluate(async () => {
    const { ShopperFile } = await import('/dist/shopper.js');
    new ShopperFile().merge([{ line: '1007-1', article: 'LA-D01', size: '38', outcome: 'kept' }]);
  });
  await after((host) => host.refresh(), undefined);
  if ((await element.locator('.accept').count()) > 0)
    await element.locator('.accept').first().click();
  const stored = await page.evaluate(() => localStorage.getItem('inseam.shopper'));
  for (const secret of ['171.25', '61.75', '1007-1'])
    assert.ok(stored?.includes(secret), `${secret} is stored`);

  assert.ok(requests.some(({ url }) => url.pathname === '/fit/shop.inseam'));
  for (const { url, method, body } of requests) {
    assert.match(url.pathname, /^\/(test\/[\w.]+|dist\/[\w./-]+\.js|fit\/shop\.inseam)$/);
    assert.deepEqual([url.origin, url.search, method, body], [shop.url, '', 'GET', null], url.href);
  }
  assert.deepEqual(await page.context().cookies(), []);
  await close();
});

/** @type {[string, () => void][]} */
const storages = [
  [
    'blocked',
    () => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    },
  ],
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
  [
    'corrupt',
    () =>
      localStorage.setItem('inseam.shopper', '{"version":1,"profiles":[{"history":[{"size":7},'),
  ],
  ['of a later version', () => localStorage.setItem('inseam.shopper', '{"version":9,"people":[]}')],
];
for (const [what, before] of storages) {
  test(`storage that is ${what}: the page works, and answers count`, async () => {
    const { page, element, errors, close } = await open('buttons.html', { before });
    assert.equal(await element.evaluate((host) => host.result.state), 'unsure');
    await element.locator('.toggle').click();
    // The usual size of the article's brand.
    await element.locator('.asking select').last().selectOption({ index: 3 });
    await element.locator('.answer').click();
    await page.waitForFunction(() =>
      document
        .querySelector('inseam-advice')
        .result.advice.reasons.some(({ kind }) => kind === 'history'),
    );
    await element.getByRole('button', { name: 'Forget my answers' }).click();
    await page.waitForFunction(() =>
      document
        .querySelector('inseam-advice')
        .result.advice.reasons.some(({ kind }) => kind === 'noHistory'),
    );
    assert.deepEqual(errors, []);
    await close();
  });
}

test('the shopper chooses among several profiles, by keyboard too', async () => {
  const { page, element, after, line, close } = await open('buttons.html');
  assert.equal(await element.locator('select.profile').count(), 0, 'one profile needs no choice');
  await after(async (_, history) => {
    const { ShopperFile } = await import('/dist/shopper.js');
    const file = new ShopperFile();
    for (const purchase of history) file.add(purchase);
    file.addProfile('Mia');
  }, history);
  const choice = element.getByLabel('For');
  assert.equal(await choice.locator('option').allInnerTexts().then(String), 'me,Mia');
  assert.equal(await choice.evaluate((list) => list.selectedOptions[0].text), 'Mia');
  assert.match(await line(), /don’t know your size/);
  assert.deepEqual(await faults(page), []);
  await choice.focus();
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(
    () => document.querySelector('inseam-advice').result.state !== 'unsure',
  );
  assert.equal(
    await choice.evaluate((list) => list.getRootNode().activeElement === list),
    true,
    'the focus stays',
  );
  await page.reload();
  await choice.waitFor();
  assert.equal(
    await choice.evaluate((list) => list.selectedOptions[0].text),
    'me',
    'the choice is kept',
  );
  await close();
});

test('several personas in one history are offered as profiles, never assumed', async () => {
  const { page, element, after, close } = await open('buttons.html');
  const ids = ['LA-D01', 'VE-D04', 'MI-D05', 'SB-D03', 'TW-D02'];
  await page.evaluate(async (ids) => {
    const { storeShopper, sharedModel } = await import('/dist/element.js');
    const model = await sharedModel('/fit/shop.inseam');
    await model.load(ids);
    // The smallest and the largest size of each, in turn.
    const bought = (i) => {
      const { sizes } = model.article(ids[i % ids.length]);
      return { article: ids[i % ids.length], size: (i % 2 ? sizes.at(-1) : sizes[0]).size };
    };
    storeShopper({ history: Array.from({ length: 10 }, (_, i) => bought(i)) });
  }, ids);
  await element.locator('.toggle').click();
  const offer = element.locator('.several');
  await offer.waitFor();
  assert.equal(await element.locator('select.profile').count(), 0);
  const stored = () =>
    page.evaluate(() => JSON.parse(localStorage.getItem('inseam.shopper')).profiles);
  assert.equal((await stored()).length, 1, 'nothing is done without the shopper');
  assert.deepEqual(await faults(page), []);
  await offer.getByRole('button', { name: 'Keep them apart' }).click();
  await element.locator('select.profile').waitFor();
  const [mine, other] = await stored();
  assert.equal(mine.history.length + other.history.length, 10);
  assert.ok(
    mine.history.length > 2 && other.history.length > 2,
    `${mine.history.length} + ${other.history.length}`,
  );
  assert.equal(other.name, 'someone else');
  await offer.waitFor({ state: 'hidden' });
  const focused = await element.evaluate((host) => host.shadowRoot.activeElement?.className);
  assert.equal(focused, 'toggle');
  // A shopper who answers that everything is theirs is not asked again.
  await after(
    async (_, history) => {
      const { ShopperFile } = await import('/dist/shopper.js');
      const file = new ShopperFile();
      file.clear();
      file.replace({ history });
    },
    [...mine.history, ...other.history],
  );
  await offer.getByRole('button', { name: 'No, it’s all mine' }).click();
  await offer.waitFor({ state: 'hidden' });
  await page.reload();
  await element.locator('.toggle').click();
  await element.locator('.wear').waitFor();
  assert.equal(await element.locator('.several').count(), 0);
  await close();
});

test('the page sees the engine’s work in User Timing', async () => {
  const { page, after, close } = await open('buttons.html', {
    before: () => {
      globalThis.measured = [];
      new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries())
          globalThis.measured.push([name, duration]);
      }).observe({ type: 'measure', buffered: true });
    },
  });
  await after((host, history) => {
    host.shopper = { history };
  }, history);
  await page.waitForFunction(() => globalThis.measured.length >= 4);
  const measured = await page.evaluate(() => globalThis.measured);
  assert.deepEqual([...new Set(measured.map(([name]) => name))].sort(), [
    'inseam:advise',
    'inseam:open',
    'inseam:shopper',
  ]);
  for (const [name, duration] of measured)
    assert.ok(duration >= 0 && duration < 1000, `${name}: ${duration} ms`);
  await close();
});

test('a change in another tab changes the advice', async () => {
  const { page, close } = await open('buttons.html');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.evaluate(async (history) => {
    const { storeShopper } = await import('/dist/element.js');
    storeShopper({ history });
  }, history);
  await page.waitForFunction(
    () => document.querySelector('inseam-advice').result.state !== 'unsure',
    undefined,
    {
      polling: 100,
    },
  );
  await close();
});
