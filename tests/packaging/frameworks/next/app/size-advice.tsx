'use client';
import 'inseam/element';
import { useState } from 'react';

type Size = { label: string; available: boolean };

export function SizeAdvice({ article, sizes }: { article: string; sizes: Size[] }) {
  const [chosen, setChosen] = useState('');
  return (
    <>
      <fieldset id="size-buttons">
        <legend>Size</legend>
        {sizes.map(({ label, available }) => (
          <label key={label}>
            <input
              type="radio"
              name="size"
              value={label}
              disabled={!available}
              checked={label === chosen}
              onChange={() => setChosen(label)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <inseam-advice model="/fit/shop.json" article={article} for="size-buttons">
        <a href="/sizes">Size chart</a>
      </inseam-advice>
    </>
  );
}
