// <inseam-advice> in TSX for Solid: "types": ["inseam/solid"] in tsconfig.json. Solid sets
// properties that begin with `prop:`.
import type { JSX } from 'solid-js';
import type { InseamAdvice, InseamHandlers, InseamProps } from '../dist/element.js';

type Properties = { [Name in keyof InseamProps as `prop:${Name}`]: InseamProps[Name] };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'inseam-advice': Omit<JSX.HTMLAttributes<InseamAdvice>, keyof InseamProps> &
        InseamProps &
        Properties &
        InseamHandlers<'on:'>;
    }
  }
}
