// <inseam-advice> in Svelte 5: "types": ["inseam/svelte"] in tsconfig.json.
import type { HTMLAttributes } from 'svelte/elements';
import type { InseamAdvice, InseamHandlers, InseamProps } from '../dist/element.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'inseam-advice': Omit<HTMLAttributes<InseamAdvice>, keyof InseamProps> &
      InseamProps &
      InseamHandlers<'on'>;
  }
}
