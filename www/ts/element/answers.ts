// What the shopper has answered, as facts: each has one answer, which can be changed or removed.
import { isStated, withFact } from '../shopper-file/facts.js';
import type { Measurement, Question, ShopperDetails } from '../types.js';

/** The shopper's answer to a question: their usual size in a brand, or a body measurement. */
export type Answer =
  | { kind: 'brand'; brand: string; size: string; group: string; system: string }
  | { kind: 'measurement'; name: string; value: number | string };

/** Whether the shopper has answered anything: the account's own purchases are of articles. */
export const hasAnswers = ({ history = [], body = {}, preference = 0 }: ShopperDetails): boolean =>
  preference !== 0 || Object.keys(body).length > 0 || history.some(isStated);

/** The answers that count for a fit group. */
export function answersFor(
  group: string,
  measurements: readonly Measurement[],
  { history = [], body = {} }: ShopperDetails,
): Answer[] {
  const sizes = history.flatMap((purchase): Answer[] =>
    isStated(purchase) && purchase.group === group && purchase.brand
      ? [
          {
            kind: 'brand',
            brand: purchase.brand,
            group,
            size: purchase.size,
            system: purchase.system ?? '',
          },
        ]
      : [],
  );
  const measures = measurements.flatMap(({ name }): Answer[] => {
    const value = body[name] ?? undefined;
    return value === undefined ? [] : [{ kind: 'measurement', name, value }];
  });
  return [...sizes, ...measures];
}

/** The question that an answer answers. */
export const questionOf = (answer: Answer): Pick<Question, 'kind' | 'name'> => ({
  kind: answer.kind,
  name: answer.kind === 'brand' ? answer.brand : answer.name,
});

/** A shopper's details with an answer, in place of an earlier answer to the same question. */
export function withAnswer(details: ShopperDetails, answer: Answer): ShopperDetails {
  const { history = [], body = {} } = details;
  if (answer.kind === 'measurement')
    return { ...details, body: { ...body, [answer.name]: answer.value } };
  const { kind: _, system, ...purchase } = answer;
  const stated = { ...purchase, outcome: 'kept' as const, ...(system && { system }) };
  return { ...details, history: withFact(history, stated) };
}

/** A shopper's details without an answer. */
export function withoutAnswer(details: ShopperDetails, answer: Answer): ShopperDetails {
  const { history = [], body = {} } = details;
  if (answer.kind === 'measurement') {
    const { [answer.name]: _, ...rest } = body;
    return { ...details, body: rest };
  }
  const { brand, group } = answer;
  const remaining = history.filter(
    (one) => !(isStated(one) && one.brand === brand && one.group === group),
  );
  return { ...details, history: remaining };
}

/** A shopper's details without all answers. */
export const withoutAnswers = ({ history = [] }: ShopperDetails): ShopperDetails => ({
  history: history.filter((one) => !isStated(one)),
  body: {},
  preference: 0,
});
