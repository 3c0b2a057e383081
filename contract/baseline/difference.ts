import type { AnswerFact } from './answer.ts';
import { readAnswer } from './answer.ts';
import { leftOut } from './behaviour.ts';
import { readFields } from './shape.ts';

/** So many differences are named; a page in place of an envelope has a dozen. */
const maxNamed = 4;

/**
 * What differs between two facts of a case, in words that are the same for cases that changed in the same way:
 * `code 4004 → 4005`, `body: + traceId (string)`.
 */
export function describeDifference(before: string, after: string): string {
  const [were, are] = [before.split(' > '), after.split(' > ')];
  const named = new Set<string>();
  for (const [at, step] of were.entries()) {
    const now = are[at];
    if (now === undefined || step === now || step === leftOut || now === leftOut) continue;
    const { differences, decisive } = compareSteps(step, now);
    for (const difference of differences) named.add(difference);
    // Later answers follow from it.
    if (decisive) break;
  }
  if (named.size === 0) {
    return were.length > are.length ? 'requests that followed are not sent any more' : 'more requests follow';
  }
  const [shown, left] = [[...named].slice(0, maxNamed), named.size - maxNamed];
  return `${shown.join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}

/**
 * Two facts as a reader wants them: the first step that differs, as status and code where the rest of it is the same or
 * follows from them: `200 4004 …`.
 */
export function firstDifference(before: string, after: string): readonly [before: string, after: string] {
  const [were, are] = [before.split(' > '), after.split(' > ')];
  const at = were.findIndex((step, index) => step !== are[index]);
  const [was, is] = [were[at] ?? 'no request', are[at] ?? 'no request'];
  const step = Math.max(were.length, are.length) > 1 ? `step ${Math.max(at, 0) + 1}: ` : '';
  const { differences, decisive } = compareSteps(was, is);
  const brief =
    decisive && differences.every((words) => /^(HTTP|code) /.test(words)) ? briefStep : (text: string) => text;
  return [`${step}${brief(was)}`, `${step}${brief(is)}`];
}

function briefStep(step: string): string {
  return step.replace(/^(\S+ \S+) .*$/, '$1 …');
}

type StepDifference = { readonly differences: readonly string[]; readonly decisive: boolean };

/** Of requests sent at once, what came before and what comes now: those that came either way do not differ. */
function compareSteps(before: string, after: string): StepDifference {
  const [were, are] = [before.split(' | '), after.split(' | ')];
  const gone = were.filter((answer) => !are.includes(answer));
  const come = are.filter((answer) => !were.includes(answer));
  if (gone.length === come.length) {
    const each = gone.map((answer, at) => compareAnswers(answer, come[at] ?? answer));
    return {
      differences: each.flatMap(({ differences }) => differences),
      decisive: each.some(({ decisive }) => decisive),
    };
  }
  const words = [...gone.map((answer) => `− ${shortText(answer)}`), ...come.map((answer) => `+ ${shortText(answer)}`)];
  return { differences: [`of requests at once: ${words.join(', ')}`], decisive: true };
}

function compareAnswers(before: string, after: string): StepDifference {
  const [was, is] = [readAnswer(before), readAnswer(after)];
  if (was === undefined || is === undefined) {
    const words = is === undefined ? 'no answer any more' : 'an answer where there was none';
    return { differences: [words], decisive: true };
  }
  const outcome = [
    ...(was.httpStatus === is.httpStatus ? [] : [`HTTP ${was.httpStatus} → ${is.httpStatus}`]),
    ...(was.code === is.code ? [] : [`code ${codeWord(was.code)} → ${codeWord(is.code)}`]),
  ];
  const media = was.mediaType === is.mediaType ? [] : [`media type ${was.mediaType} → ${is.mediaType}`];
  // A success has another body than a refusal: that follows from the code.
  const body = isSuccess(was) === isSuccess(is) ? bodyDifferences(was.shape, is.shape) : [];
  const headers = setDifferences(new Set(was.headers), new Set(is.headers)).map((words) => `header ${words}`);
  return { differences: [...outcome, ...media, ...body, ...headers], decisive: outcome.length > 0 };
}

/** Success under any dialect. */
function isSuccess({ code }: AnswerFact): boolean {
  return code === '200' || code === '0';
}

function bodyDifferences(before: string, after: string): readonly string[] {
  if (before === after) return [];
  const isJson = (shape: string): boolean => shape !== 'empty' && shape !== 'no-json';
  if (!isJson(before) || !isJson(after)) return [`body: ${bodyWord(before)} → ${bodyWord(after)}`];
  const [were, are] = [readFields(before), readFields(after)];
  const names = [...new Set([...were.keys(), ...are.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [were.get(name), are.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`body: + ${name} (${is ?? ''})`];
    return [is === undefined ? `body: − ${name} (${was})` : `body: ${name} ${was} → ${is}`];
  });
}

function setDifferences(were: ReadonlySet<string>, are: ReadonlySet<string>): readonly string[] {
  return [
    ...[...are].filter((name) => !were.has(name)).map((name) => `+ ${name}`),
    ...[...were].filter((name) => !are.has(name)).map((name) => `− ${name}`),
  ];
}

function codeWord(code: string): string {
  return code === 'no-code' ? 'none' : code;
}

function bodyWord(shape: string): string {
  if (shape === 'empty') return 'none';
  return shape === 'no-json' ? 'no JSON' : 'JSON';
}

function shortText(answer: string): string {
  const fact = readAnswer(answer);
  if (fact === undefined) return 'no answer';
  return fact.code === 'no-code' ? `HTTP ${fact.httpStatus}` : fact.code;
}
