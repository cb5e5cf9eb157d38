import { useId } from 'react';
import 'inseam/element';

/** Size buttons with advice. `sizes` is a list of { label, available }. */
export function SizePicker({ article, sizes, chosen, onChoose, children }) {
  const id = useId();
  return (
    <>
      <fieldset id={id}>
        <legend>Size</legend>
        {sizes.map(({ label, available }) => (
          <label key={label}>
            <input
              type="radio"
              name={id}
              value={label}
              disabled={!available}
              checked={label === chosen}
              onChange={() => onChoose(label)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <inseam-advice model="/fit/shop.inseam" article={article} for={id}>
        {children}
      </inseam-advice>
    </>
  );
}
