import type { Dialect } from '../spec/dialect.ts';
import { dialectKeys } from '../spec/dialect.ts';
import type { CaseResult, Received } from './outcome.ts';
import { precedenceCases } from './precedence.ts';

/**
 * What a server did, as a text for review: sorted, one line a fact, without volatile values and secrets.
 *
 * `bindgate.baseline/1`: a line with the format, the catalogue of cases and the dialect; then `case <id> <step facts>`
 * lines and `precedence <fault> + <fault>: <fact>` lines. A fact is `<HTTP status> <code> <media type> <shape>`.
 */
export function recordOf(
  results: readonly CaseResult[],
  precedence: readonly CaseResult[],
  { catalogue, dialect }: { readonly catalogue: number; readonly dialect: Dialect },
): string {
  const settings = dialectKeys.map((key) => `${key}=${dialect[key]}`).join(' ');
  const caseLines = results.flatMap((result) => {
    const facts = factsOf(result);
    return facts === undefined ? [] : [`case ${result.case.id}: ${facts}`];
  });
  const precedenceLines = precedence.flatMap((result) => {
    const pair = precedenceCases.find((tested) => tested === result.case)?.pair;
    const [only] = result.attempts;
    return pair === undefined || only === undefined
      ? []
      : [`precedence ${pair.join(' + ')}: ${briefly(only.received)}`];
  });
  return [
    `bindgate.baseline/1 catalogue ${catalogue}`,
    `dialect ${settings}`,
    ...caseLines.sort(),
    ...precedenceLines.sort(),
    '',
  ].join('\n');
}

/** Requests that were sent at once are a set: which of them came first is chance. Times and arbitrary requests are no facts. */
function factsOf({ case: { steps, property, alone }, attempts }: CaseResult): string | undefined {
  if (property !== undefined || alone === true || attempts.length === 0) return undefined;
  const bySteps = steps.map((step) => attempts.filter(({ what }) => what === step.what));
  return bySteps
    .map((group) => [...new Set(group.map(({ received }) => fact(received)))].sort().join(' | '))
    .join(' > ');
}

function fact(received: Received): string {
  const { mediaType, shape } = received;
  return [briefly(received), mediaType ?? 'no-media-type', shape].filter((part) => part !== '').join(' ');
}

/** HTTP status and code; a bare word where there was no answer. */
function briefly({ httpStatus, code }: Received): string {
  return httpStatus === null ? 'no-answer' : `${httpStatus} ${code ?? 'no-code'}`;
}
