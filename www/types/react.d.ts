// <inseam-advice> in TSX for React 19: "types": ["inseam/react"] in tsconfig.json.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { InseamAdvice, InseamHandlers, InseamProps } from '../dist/element.js';

type ElementProps = DetailedHTMLProps<HTMLAttributes<InseamAdvice>, InseamAdvice>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'inseam-advice': Omit<ElementProps, keyof InseamProps> & InseamProps & InseamHandlers<'on'>;
    }
  }
}
