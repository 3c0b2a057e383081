import type { Judged } from './judge-exchange.ts';
import type { Remark } from './remark.ts';
import type { Proxied } from './start-proxy.ts';

/** Requests or answers with the same remark. */
export type Group = { readonly says: string; count: number; readonly codes: Set<number | undefined> };

/** The counts of a proxy's run. */
export type Tally = {
  exchanges: number;
  ofOperation: number;
  /** Exchanges without a whole answer, except those that the client ended. */
  unanswered: number;
  /** Exchanges that were only forwarded, because they came too fast. */
  unchecked: number;
  wrongRequests: number;
  /** Wrong requests that the server refused. */
  refused: number;
  brokenAnswers: number;
  readonly codes: Map<number, number>;
  /** What was wrong with requests, and the codes that they got. */
  readonly requests: Map<string, Group>;
  /** How answers broke the contract. */
  readonly answers: Map<string, Group>;
};

/** A client or a server may give every remark another text. */
const mostGroups = 200;

/** Counts that nothing has been added to. */
export function emptyTally(): Tally {
  return {
    exchanges: 0,
    ofOperation: 0,
    unanswered: 0,
    unchecked: 0,
    wrongRequests: 0,
    refused: 0,
    brokenAnswers: 0,
    codes: new Map(),
    requests: new Map(),
    answers: new Map(),
  };
}

/** Adds one exchange to the counts; without a judgement if it was only forwarded. */
export function addExchange(tally: Tally, { exchange }: Proxied, judged: Judged | undefined): void {
  tally.exchanges += 1;
  if (judged === undefined) {
    tally.unchecked += 1;
    return;
  }
  if (exchange.kind === 'no-answer' && exchange.reason !== 'aborted') tally.unanswered += 1;
  if (!judged.ofOperation) return;
  tally.ofOperation += 1;
  const { code } = judged;
  if (code !== undefined) tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1);
  const isWrong = ({ kind }: Remark): boolean => kind === 'wrong';
  const [wrong, broken] = [judged.request.filter(isWrong), judged.answer.filter(isWrong)];
  if (wrong.length > 0) tally.wrongRequests += 1;
  if (wrong.length > 0 && exchange.kind === 'answer' && !judged.success) tally.refused += 1;
  if (broken.length > 0) tally.brokenAnswers += 1;
  for (const { about, says } of wrong) addTo(tally.requests, `${about}: ${says}`, code);
  for (const { says } of broken) addTo(tally.answers, says, code);
}

function addTo(groups: Map<string, Group>, says: string, code: number | undefined): void {
  const key = groups.size < mostGroups || groups.has(says) ? says : 'others';
  const group = groups.get(key) ?? { says: key, count: 0, codes: new Set() };
  group.count += 1;
  group.codes.add(code);
  groups.set(key, group);
}

/** 3 if there was traffic but never an answer, else 1 if a request was wrong or an answer broke the contract, else 0. */
export function tallyExitCode({ exchanges, unanswered, wrongRequests, brokenAnswers }: Tally): 0 | 1 | 3 {
  if (exchanges > 0 && unanswered === exchanges) return 3;
  return wrongRequests > 0 || brokenAnswers > 0 ? 1 : 0;
}
