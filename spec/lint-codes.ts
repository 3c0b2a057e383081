import { pointerStep } from './json-pointer.ts';
import type { Finding } from './lint-rules.ts';
import type { AnyOpenApi, CodeMeaning, MediaType } from './openapi.ts';
import { allOperations, responseBodies } from './schema-walk.ts';

/** Each operation lists its business codes once each, and they are the catalogue's, in its order, with its meanings. */
export function codesListed(document: AnyOpenApi, codes: readonly CodeMeaning[] | undefined): readonly Finding[] {
  return allOperations(document).flatMap(({ pointer, operation }) => {
    const listed = operation['x-codes'];
    if (listed === undefined)
      return [{ location: `#${pointer}`, message: 'has no x-codes: the business codes and their meanings' }];
    return listFindings(`#${pointer}/x-codes`, listed, codes ?? listed);
  });
}

function listFindings(
  location: string,
  listed: readonly CodeMeaning[],
  wanted: readonly CodeMeaning[],
): readonly Finding[] {
  const meant = (code: number): CodeMeaning | undefined => wanted.find((entry) => entry.code === code);
  const findings = [
    ...wanted
      .filter(({ code }) => !listed.some((entry) => entry.code === code))
      .map(({ code, meaning }) => ({ location, message: `lacks code ${code} (${meaning})` })),
    ...listed.flatMap(({ code, meaning }, index): readonly Finding[] => {
      const at = `${location}/${index}`;
      const known = meant(code);
      if (listed.findIndex((entry) => entry.code === code) !== index)
        return [{ location: at, message: `lists code ${code} twice` }];
      if (known === undefined)
        return [{ location: at, message: `lists code ${code}, which the catalogue does not have` }];
      return known.meaning === meaning
        ? []
        : [{ location: `${at}/meaning`, message: `must be the code's meaning: ${known.meaning}` }];
    }),
  ];
  const inOrder = listed.every(({ code }, index) => wanted[index]?.code === code);
  return findings.length > 0 || inOrder ? findings : [{ location, message: "must be in the catalogue's order" }];
}

/** The codes and the response's named examples are the same, with the same meanings; success comes first. */
export function codesAsExamples(document: AnyOpenApi, codes: readonly CodeMeaning[] | undefined): readonly Finding[] {
  return allOperations(document).flatMap((placed) => {
    const [response] = responseBodies(placed);
    const wanted = codes ?? placed.operation['x-codes'] ?? [];
    return exampleFindings(`#${response?.pointer ?? placed.pointer}/examples`, response?.body.examples ?? {}, wanted);
  });
}

function exampleFindings(
  location: string,
  examples: NonNullable<MediaType['examples']>,
  codes: readonly CodeMeaning[],
): readonly Finding[] {
  const names = codes.map(({ code }) => `E${code}`);
  const missing = codes.filter(({ code }) => examples[`E${code}`] === undefined);
  const first = Object.keys(examples)[0];
  return [
    ...missing.map(({ code, meaning }) => ({
      location,
      message: `has no example E${code} for code ${code} (${meaning})`,
    })),
    ...Object.entries(examples).flatMap(([name, { summary, value }]) => {
      const at = location + pointerStep(name);
      const documented = codes[names.indexOf(name)];
      if (documented === undefined) return [{ location: at, message: `${name} is the name of no documented code` }];
      const { code, meaning } = documented;
      return [
        ...(summary === meaning
          ? []
          : [{ location: `${at}/summary`, message: `must be the code's meaning: ${meaning}` }]),
        ...(hasCode(value, code) ? [] : [{ location: `${at}/value`, message: `must have the code ${code}` }]),
      ];
    }),
    ...(first === undefined || first === names[0]
      ? []
      : [{ location, message: `must begin with ${names[0]}: a mock answers with the first example` }]),
  ];
}

/** A body without a code can be a success alone, and a code may be a text: an imported page says so. */
function hasCode(value: unknown, code: number): boolean {
  if (typeof value !== 'object' || value === null || !('code' in value)) return code >= 200 && code < 300;
  return value.code === code || value.code === String(code);
}
