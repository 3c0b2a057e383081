import { correct } from '../../../spec/reference/behaviour.ts';
import type { Fields } from '../../../spec/reference/fields.ts';
import type { ServedResponse } from '../../../spec/reference/reference.ts';
import type { Variant } from '../mutant.ts';
import { answering, bodyOf, fieldOf, headerOf, instead, refusal } from '../wires.ts';

/** Lenient and strict where the document says nothing. Source: DOMAIN section 6. */
export const leniencyVariants: readonly Variant[] = [
  {
    id: 'lenient/scalars',
    differs: 'makes the scalar that is due out of another',
    override: { readFields: (body) => coerced(body) ?? correct.readFields(body) },
  },
  {
    id: 'lenient/text',
    differs: 'reads past what stands around JSON, Base64 and the parts of a bindingSecret',
    override: {
      readFields: (body) => correct.readFields(body) ?? correct.readFields(objectIn(body)),
      decrypt: (base64, key, iv) => correct.decrypt(canonical(base64), key, iv),
      secretFor: (pk, dk, text) => correct.secretFor(pk, dk, text?.split(/, */).join(',')),
    },
  },
  {
    id: 'strict/unknown-keys',
    differs: 'refuses keys that it does not know, and keys that come twice',
    wire: instead((request) => hasOtherKeys(bodyOf(request)), refusal(5000, 400)),
  },
  {
    id: 'strict/content-type',
    differs: 'refuses what does not call itself application/json',
    wire: instead((request) => !/^application\/json\b/i.test(headerOf(request, 'content-type')), refusal(5000, 415)),
  },
  {
    id: 'strict/values',
    differs: 'refuses a capabilitiesBitmask of 0, and control characters and half characters in a deviceName',
    override: {
      readFields: (body) => {
        const fields = correct.readFields(body);
        const isOdd = fields?.capabilitiesBitmask === 0 || /\p{Cc}|\p{Cs}/u.test(fields?.deviceName ?? '');
        return isOdd ? undefined : fields;
      },
    },
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
  unreadable('4xx-empty', 'answers a bare HTTP 400 to what it cannot read', () => ({
    httpStatus: 400,
    headers: [],
    body: new Uint8Array(),
  })),
  unreadable('4xx-page', 'answers a page to what it cannot read', ({ httpStatus }) => ({
    httpStatus,
    headers: [['content-type', 'text/html']],
    body: Buffer.from(`<html><title>${httpStatus}</title><h1>Bad Request</h1></html>`),
  })),
  unreadable('4xx-problem', 'answers problem details to what it cannot read', () => ({
    httpStatus: 422,
    headers: [['content-type', 'application/problem+json']],
    body: Buffer.from('{"type":"about:blank","title":"Unprocessable Content","status":422}'),
  })),
  unreadable('envelope', 'answers an envelope behind HTTP 200 to what it cannot read', () => refusal(5000)),
  {
    id: 'unreadable/too-large',
    differs: 'answers HTTP 413 to a large body and 431 to a large header',
    wire: (handle) => (request) => {
      if (request.body.length > 65_536) return { httpStatus: 413, headers: [], body: new Uint8Array() };
      if (headerOf(request, 'authorization').length > 8_000)
        return { httpStatus: 431, headers: [], body: new Uint8Array() };
      return handle(request);
    },
  },
];

function unreadable(name: string, differs: string, answer: (given: ServedResponse) => ServedResponse): Variant {
  return {
    id: `unreadable/${name}`,
    differs,
    wire: answering((given) => (given.httpStatus >= 400 && given.httpStatus < 500 ? answer(given) : given)),
  };
}

/** The object in a text with something before or behind it; a list stays what it is. */
function objectIn(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString();
  return text.startsWith('[') ? body : Buffer.from(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

/** Base64 of either alphabet, with or without padding and line breaks, in its one standard form. */
function canonical(base64: string): string {
  const made = Buffer.from(base64, 'base64').toString('base64');
  const meant = base64.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return made.replace(/=+$/, '') === meant ? made : base64;
}

/** The fields with numbers and booleans as the types that are due; undefined where there is no object. */
function coerced(body: Uint8Array): Fields | undefined {
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

function hasOtherKeys(body: string): boolean {
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
