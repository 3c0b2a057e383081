import { mistake, notChecked, note, type Part, type PartExplanation, type Remark } from './explanation.ts';
import type { Known, ReadRequest } from './known.ts';

/** Values that the source of a request masks: `«pwd»`, `«pwd, altered: 9 characters»`. */

const mask = /«[^«»]+»/;
/** A fixture's secret itself was there, not another value in its place. */
const whole = /^«(\w+)»$/;

/** Whether a text shows a secret as its name. */
export function hasMask(text: string): boolean {
  return mask.test(text);
}

/** Whether the source masks the value of a field. */
export function isMasked({ mayBeMasked, body }: ReadRequest, field: string): boolean {
  const value = body[field];
  return mayBeMasked === true && typeof value === 'string' && hasMask(value);
}

/** A request with the fixture's secrets in place of their names, if the fixture is of its device. */
export function withoutMasks(known: Known): Known {
  const { request, secrets } = known;
  const { mayBeMasked, body, headers } = request;
  const isOther = (['pk', 'dk'] as const).some((name) => secrets[name] !== undefined && secrets[name] !== body[name]);
  if (mayBeMasked !== true || isOther) return known;
  const putBack: string[] = [];
  const secretIn = (masked: string): string => {
    const [, name = ''] = whole.exec(masked) ?? [];
    const secret = new Map(Object.entries(secrets)).get(name);
    if (secret !== undefined) putBack.push(name);
    return secret ?? masked;
  };
  return {
    ...known,
    request: {
      ...request,
      headers: headers?.map(([name, value]) => [name, value.replace(new RegExp(mask, 'g'), secretIn)]),
      body: Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? secretIn(value) : value]),
      ),
      putBack: [...new Set(putBack)],
    },
  };
}

/** A part that cannot be checked, because the source masks some of the fields that it depends on. */
export function notCheckedMasked(
  { request }: Known,
  part: Part,
  fields: readonly string[],
): PartExplanation<Remark> | undefined {
  const masked = fields.filter((field) => isMasked(request, field));
  return masked.length === 0 ? undefined : notChecked(part, `masked in this file: ${masked.join(', ')}`);
}

/** What is masked, and what was put back. */
export function maskedValues({ request }: Known): readonly (Remark | false)[] {
  const { body, mayBeMasked, putBack = [] } = request;
  const masked = Object.keys(body).some((name) => isMasked({ ...request, mayBeMasked: true }, name));
  return [
    putBack.length > 0 &&
      note('field/put-back', `${putBack.join(', ')}: masked in this file, so taken from the fixture`),
    masked &&
      // In a request as it was sent, it is a value that was copied from a report.
      (mayBeMasked === true ? note : mistake)(
        'field/masked',
        'values are masked («…»), as in a report',
        'give a fixture that has them, or take the request from a run with --show-secrets',
      ),
  ];
}
