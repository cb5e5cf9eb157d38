// <inseam-advice> in Vue's templates: "types": ["inseam/vue"] in tsconfig.json.
import type { HTMLAttributes } from 'vue';
import type { InseamHandlers, InseamProps } from '../dist/element.js';

declare module 'vue' {
  interface GlobalComponents {
    'inseam-advice': new () => {
      $props: Omit<HTMLAttributes, keyof InseamProps> & InseamProps & InseamHandlers<'on'>;
    };
  }
}
