import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../../spec/pure-bt/reference/fields.ts';
import type { ServedResponse } from '../../../../spec/pure-bt/reference/reference.ts';
import type { Variant } from '../../../mutants/mutant.ts';
import { bodyOf, fieldOf, headerOf, instead, refusal } from '../../../mutants/wires.ts';

/** Lenient and strict where the document says nothing. Source: DOMAIN section 6. */
export const leniencyVariants: readonly Variant[] = [
  {
    id: 'lenient/everything',
    differs: 'makes what is due out of other scalars, other Base64, and text around what it reads',
    override: {
      readFields: (body) => coerced(body) ?? correct.readFields(body) ?? correct.readFields(objectIn(body)),
      decrypt: (base64, key, iv) => correct.decrypt(canonical(base64), key, iv),
      secretFor: (pk, dk, text) => correct.secretFor(pk, dk, text?.split(/, */).join(',')),
    },
  },
  {
    id: 'strict/everything',
    differs: 'refuses unknown and repeated keys, other content types, a bitmask of 0 and odd characters',
    override: {
      readFields: (body) => {
        const fields = correct.readFields(body);
        const isOdd = fields?.capabilitiesBitmask === 0 || /\p{Cc}|\p{Cs}/u.test(fields?.deviceName ?? '');
        return isOdd || hasOtherKeys(Buffer.from(body).toString()) ? undefined : fields;
      },
    },
    wire: instead((request) => !/^application\/json\b/i.test(headerOf(request, 'content-type')), refusal(5000, 415)),
  },
  {
    id: 'strict/random-once',
    differs: 'refuses a random that it has seen before',
    wire: (handle) => {
      const seen = new Map<string, string>();
      return (request) => {
        const random = fieldOf(request, 'random');
        const body = bodyOf(request);
        // The very same request is told that the device is bound.
        if (random !== '' && (seen.get(random) ?? body) !== body) return refusal(5459);
        const answer = handle(request);
        seen.set(random, body);
        return answer;
      };
    },
  },
  unreadable('4xx', 'answers HTTP 4xx to what it cannot read: without a body, with a page, with problem details', [
    { httpStatus: 413, headers: [], body: new Uint8Array() },
    { httpStatus: 400, headers: [['content-type', 'text/html']], body: Buffer.from('<h1>Bad Request</h1>') },
    {
      httpStatus: 422,
      headers: [['content-type', 'application/problem+json']],
      body: Buffer.from('{"type":"about:blank","title":"Unprocessable Content","status":422}'),
    },
  ]),
  unreadable('envelope', 'answers an envelope behind HTTP 200 to what it cannot read', [refusal(5000)]),
];

/** What it cannot read gets these answers, one after the other. */
function unreadable(name: string, differs: string, answers: readonly ServedResponse[]): Variant {
  return {
    id: `unreadable/${name}`,
    differs,
    wire: (handle) => {
      let turn = 0;
      return (request) => {
        const answer = handle(request);
        if (answer.httpStatus < 400) return answer;
        turn += 1;
        return answers[turn % answers.length] ?? answer;
      };
    },
  };
}

/** The object in a text with something before or behind it; a list stays what it is. */
export function objectIn(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString();
  return text.startsWith('[') ? body : Buffer.from(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

/** Base64 of either alphabet, with or without padding and line breaks, in its one standard form. */
export function canonical(base64: string): string {
  const made = Buffer.from(base64, 'base64').toString('base64');
  const meant = base64.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return made.replace(/=+$/, '') === meant ? made : base64;
}

/** The fields with numbers and booleans as the types that are due; undefined where there is no object. */
export function coerced(body: Uint8Array): Fields | undefined {
  const fields = parsed(Buffer.from(body).toString());
  if (fields === undefined) return undefined;
  const scalars = Object.entries(fields).map(([name, value]) => {
    if (typeof value === 'object') return [name, value];
    if (name === 'capabilitiesBitmask') return [name, Math.trunc(Math.abs(Number(value))) % 16 || 0];
    if (name === 'isCommonDevice') return [name, value !== false && value !== 'false' && value !== 0];
    return [name, String(value)];
  });
  return correct.readFields(Buffer.from(JSON.stringify(Object.fromEntries(scalars))));
}

export function hasOtherKeys(body: string): boolean {
  const fields = parsed(body);
  if (fields === undefined) return false;
  const known =
    /^(pk|dk|fid|frid|pwd|random|signature|deviceName|isCommonDevice|capabilitiesBitmask|bindingCode|encrypted\w+)$/;
  const twice =
    (body.match(/"(?:deviceName|signature)":/g) ?? []).length >
    ['deviceName', 'signature'].filter((name) => name in fields).length;
  return twice || Object.keys(fields).some((name) => !known.test(name));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
