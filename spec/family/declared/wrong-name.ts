import type { Declared } from './model.ts';
import { checkKey, fieldNamed, leaves } from './model.ts';

/** A name that the OpenAPI document does not have, a code twice, or a required field without a value. */
export function wrongName(declared: Declared): string | undefined {
  return wrongField(declared) ?? wrongCheck(declared) ?? fieldWithoutValue(declared);
}

function wrongField(declared: Declared): string | undefined {
  const { fields = {}, checks, accepts = [] } = declared.declaration;
  const named = [
    ...Object.keys(fields).map((name) => ['fields', name] as const),
    ...checks.flatMap(({ code, absent, malformed, longer, with: added = [] }) =>
      [absent, malformed, longer, ...added].map((name) => [`checks: ${code}`, name] as const),
    ),
    ...accepts.flatMap(({ state, with: added = [] }) => added.map((name) => [`accepts: ${state}`, name] as const)),
  ];
  const wrong = named.find(([, name]) => name !== undefined && fieldNamed(name, declared) === undefined);
  if (wrong === undefined) return undefined;
  const known = declared.fields.map(({ name }) => name).join(', ') || 'none';
  return `${wrong[0]}: the request has no field "${wrong[1]}"; its fields are ${known}`;
}

function wrongCheck({ declaration, codes }: Declared): string | undefined {
  const { checks, effect } = declaration;
  const unknown = checks.find((check) => !codes.some(({ code }) => code === check.code));
  if (unknown !== undefined) {
    const known = codes.map(({ code }) => code).join(', ');
    return `checks: ${unknown.code} is not one of the codes in openapi.yaml (${known})`;
  }
  const keys = checks.map(checkKey);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) return `checks: two checks are about ${twice.replace(':', ' ')}; keep one`;
  const repeats = checks.filter(({ repeat }) => repeat === true).length;
  if (effect !== undefined && repeats !== 1)
    return `effect: ${effect} needs one check with "repeat: true", the code for a second request; there are ${repeats}`;
  return undefined;
}

function fieldWithoutValue(declared: Declared): string | undefined {
  const without = leaves(declared).find(({ always, listed, facts: { is, from, value, values } }) => {
    const hasValue = [is, from, value, values].some((one) => one !== undefined) || listed.length > 0;
    return always && !hasValue;
  });
  if (without === undefined) return undefined;
  return `fields: "${without.name}" is required and has no value; give it is, from, value or values`;
}
