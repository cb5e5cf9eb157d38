import type { Outcome } from './types.js';

/** Every outcome, in the engine's order. */
export const OUTCOMES: readonly string[] = [
  'kept',
  'too_small',
  'too_large',
  'other_reason',
  'unknown_reason',
  'size_reason',
  'pending',
] satisfies Outcome[];
