import { readAnswer } from './answer.ts';
import { leftOut } from './behaviour.ts';
import { readFields } from './shape.ts';

/** At most so many differences are named. An HTML page instead of an envelope has a dozen. */
const maxNamed = 4;

/**
 * Describes the difference between two facts of a case. Cases that changed in the same way get the same text:
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
    // This difference explains those of later steps.
    if (decisive) break;
  }
  if (named.size === 0) {
    return were.length > are.length ? 'later requests are no longer sent' : 'more requests are sent';
  }
  const [shown, left] = [[...named].slice(0, maxNamed), named.size - maxNamed];
  return `${shown.join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}

/**
 * Shortens two facts for a reader to the first step that differs. It shows only status and code if they explain all other
 * differences: `200 4004 …`.
 */
export function firstDifference(before: string, after: string): readonly [before: string, after: string] {
  const [were, are] = [before.split(' > '), after.split(' > ')];
  const at = were.findIndex((step, index) => step !== are[index]);
  const [was, is] = [were[at] ?? 'no request', are[at] ?? 'no request'];
  const step = Math.max(were.length, are.length) > 1 ? `step ${Math.max(at, 0) + 1}: ` : '';
  const { differences, decisive } = compareSteps(was, is);
  const shorten =
    decisive && differences.every((words) => /^(HTTP|code) /.test(words)) ? briefStep : (text: string) => text;
  return [`${step}${shorten(was)}`, `${step}${shorten(is)}`];
}

function briefStep(step: string): string {
  return step.replace(/^(\S+ \S+) .*$/, '$1 …');
}

/** Compares the answers of a step. Of concurrent requests, only the answers that one side lacks are compared. */
function compareSteps(before: string, after: string) {
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
  return { differences: [`answers to concurrent requests: ${words.join(', ')}`], decisive: true };
}

function compareAnswers(before: string, after: string) {
  const [was, is] = [readAnswer(before), readAnswer(after)];
  if (was === undefined || is === undefined) {
    const words = is === undefined ? 'there is no longer an answer' : 'there is now an answer';
    return { differences: [words], decisive: true };
  }
  const outcome = [
    ...(was.httpStatus === is.httpStatus ? [] : [`HTTP ${was.httpStatus} → ${is.httpStatus}`]),
    ...(was.code === is.code ? [] : [`code ${codeWord(was.code)} → ${codeWord(is.code)}`]),
  ];
  const media = was.mediaType === is.mediaType ? [] : [`media type ${was.mediaType} → ${is.mediaType}`];
  // The body of a success differs from that of a refusal. The code explains that.
  const body = isSuccess(was.code) === isSuccess(is.code) ? bodyDifferences(was.shape, is.shape) : [];
  const [were, are] = [new Set(was.headers), new Set(is.headers)];
  const headers = [
    ...[...are.difference(were)].map((name) => `header + ${name}`),
    ...[...were.difference(are)].map((name) => `header − ${name}`),
  ];
  return { differences: [...outcome, ...media, ...body, ...headers], decisive: outcome.length > 0 };
}

/** Whether a code of a fact is success under any dialect. */
export function isSuccess(code: string): boolean {
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

function codeWord(code: string): string {
  return code === 'no-code' ? 'none' : code;
}

function bodyWord(shape: string): string {
  if (shape === 'empty') return 'none';
  return shape === 'no-json' ? 'not JSON' : 'JSON';
}

function shortText(answer: string): string {
  const fact = readAnswer(answer);
  if (fact === undefined) return 'no answer';
  return fact.code === 'no-code' ? `HTTP ${fact.httpStatus}` : fact.code;
}
