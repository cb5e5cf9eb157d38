'use client';
import 'inseam/element';
import type { ShopperDetails } from 'inseam';
import { useEffect, useState } from 'react';

const sizes = ['38', '40', '42', '44', '46', '48', '50'];

export function SizeAdvice({ article, details }: { article: string; details: ShopperDetails }) {
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    const accept = ({ detail }: DocumentEventMap['inseam-accept']) => setChosen(detail.size);
    document.addEventListener('inseam-accept', accept);
    return () => document.removeEventListener('inseam-accept', accept);
  }, []);
  return (
    <>
      <fieldset id="sizes">
        {sizes.map((size) => (
          <label key={size}>
            <input
              type="radio"
              name="size"
              value={size}
              checked={size === chosen}
              onChange={() => setChosen(size)}
            />
            {size}
          </label>
        ))}
      </fieldset>
      <inseam-advice
        model="/fit/shop.inseam"
        article={article}
        for="sizes"
        shopper={JSON.stringify(details)}
      >
        <a href="/sizes">Size chart</a>
      </inseam-advice>
      <p id="chosen">{chosen}</p>
    </>
  );
}
