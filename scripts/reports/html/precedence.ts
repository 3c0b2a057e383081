import type { PrecedenceFact } from '../../../contract/results.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';

/** Which fault of a pair the answer is about. */
type Winner = 'first' | 'second' | 'neither';

const arrows: Readonly<Record<Winner, string>> = { first: '←', second: '↑', neither: '·' };
const meanings: Readonly<Record<Winner, string>> = {
  first: 'the fault of the row',
  second: 'the fault of the column',
  neither: 'neither fault alone',
};

/** Which code came when a request had two faults: a map of the server's order of checks. */
export function precedenceSection(facts: readonly PrecedenceFact[]): Markup {
  const rows = [...new Set(facts.map(({ pair }) => pair[0]))];
  const columns = [...new Set(facts.map(({ pair }) => pair[1]))];
  const byPair = new Map(facts.map((fact) => [fact.pair.join('\n'), fact]));
  return html`<section id="precedence" aria-labelledby="precedence-title">
    <h2 id="precedence-title">Order of checks</h2>
    <p class="lead">Each cell is a request with two faults, and the code that came: ${(['first', 'second', 'neither'] as const).map((winner, at) => html`${at > 0 && ', '}<span class="${winner}">${arrows[winner]}</span> of ${meanings[winner]}`)}. The document leaves the order open, so this is a record, not a judgement.</p>
    <div class="wide map" tabindex="0" role="group" aria-label="Map of pairs, scrolls sideways"><table>
      <caption class="unseen">The code that came for each pair of faults</caption>
      <thead><tr><td></td>${columns.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr><th scope="row">${row}</th>${columns.map((column) => cell(byPair.get(`${row}\n${column}`)))}</tr>`,
      )}</tbody>
    </table></div>
    ${winsBlock(facts)}
  </section>`;
}

function cell(fact: PrecedenceFact | undefined): Markup {
  if (fact === undefined) return html`<td class="none"></td>`;
  const winner = findWinner(fact);
  const came = fact.code ?? (fact.httpStatus === null ? 'none' : `HTTP ${fact.httpStatus}`);
  return html`<td class="${winner}">${came} <span aria-hidden="true">${arrows[winner]}</span><span class="unseen"> of ${meanings[winner]}</span></td>`;
}

/** A fault without a documented code has won where the answer is neither success nor the other's code. */
function findWinner({ due: [first, second], code }: PrecedenceFact): Winner {
  if (code === null || code === 200 || code === 0) return 'neither';
  if (code === first && code !== second) return 'first';
  if (code === second && code !== first) return 'second';
  if (first === 0 && second !== 0) return 'first';
  return second === 0 && first !== 0 ? 'second' : 'neither';
}

/** The faults by the share of pairs they won: for a server that checks one thing after another, its order. */
function winsBlock(facts: readonly PrecedenceFact[]): Content {
  const tally = new Map<string, { won: number; met: number }>();
  for (const fact of facts) {
    const winner = findWinner(fact);
    for (const [at, name] of fact.pair.entries()) {
      const { won, met } = tally.get(name) ?? { won: 0, met: 0 };
      const wins = winner === (at === 0 ? 'first' : 'second');
      tally.set(name, { won: won + (wins ? 1 : 0), met: met + 1 });
    }
  }
  const ranked = [...tally].sort(([, a], [, b]) => b.won / b.met - a.won / a.met);
  return html`<h3>By pairs won</h3>
    <ol class="ranked">${ranked.map(([name, { won, met }]) => html`<li>${name} <span class="tally">${won} of ${met}</span></li>`)}</ol>`;
}
