import type { PrecedenceFact, Results } from '../../../contract/results.ts';
import { type Section, section } from './elements.ts';
import { type Content, html, type Markup } from './html.ts';

/** The faults of a pair that the server may have answered, as seen from the map. */
const winners = {
  first: { arrow: '←', meaning: 'the fault of the row' },
  second: { arrow: '↑', meaning: 'the fault of the column' },
  neither: { arrow: '·', meaning: 'neither fault alone' },
} as const;

/** The codes of requests with two faults: a map of the server's order of checks. Undefined if it was not observed. */
export function precedenceSection({ precedence: facts = [] }: Results): Section | undefined {
  if (facts.length === 0) return undefined;
  const rows = [...new Set(facts.map(({ pair }) => pair[0]))];
  const columns = [...new Set(facts.map(({ pair }) => pair[1]))];
  const byPair = new Map(facts.map((fact) => [fact.pair.join('\n'), fact]));
  return section(
    { id: 'precedence', title: 'Order of checks' },
    html`<p class="lead">Each cell is a request with two faults, and the code in the answer: ${Object.entries(winners).map(([winner, { arrow, meaning }], at) => html`${at > 0 && ', '}<span class="${winner}">${arrow}</span> of ${meaning}`)}. The document does not define the order, so this is information, not a verdict.</p>
    <div class="wide map" tabindex="0" role="group" aria-label="Map of pairs, scrolls sideways"><table>
      <caption class="unseen">The code that came for each pair of faults</caption>
      <thead><tr><td></td>${columns.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
      <tbody>${rows.map(
        (row) =>
          html`<tr><th scope="row">${row}</th>${columns.map((column) => cell(byPair.get(`${row}\n${column}`)))}</tr>`,
      )}</tbody>
    </table></div>
    ${winsBlock(facts)}`,
  );
}

function cell(fact: PrecedenceFact | undefined): Markup {
  if (fact === undefined) return html`<td class="none"></td>`;
  const winner = findWinner(fact);
  const { arrow, meaning } = winners[winner];
  const came = fact.code ?? (fact.httpStatus === null ? 'none' : `HTTP ${fact.httpStatus}`);
  return html`<td class="${winner}">${came} <span aria-hidden="true">${arrow}</span><span class="unseen"> of ${meaning}</span></td>`;
}

/** A fault without a documented code wins if the answer is neither success nor the code of the other fault. */
function findWinner({ due: [first, second], code }: PrecedenceFact): keyof typeof winners {
  if (code === null || code === 200 || code === 0) return 'neither';
  if (code === first && code !== second) return 'first';
  if (code === second && code !== first) return 'second';
  if (first === 0 && second !== 0) return 'first';
  return second === 0 && first !== 0 ? 'second' : 'neither';
}

/** The faults by the share of pairs that they won, which is the order of checks in a server that checks one by one. */
function winsBlock(facts: readonly PrecedenceFact[]): Content {
  const met = facts.flatMap((fact) => {
    const winner = findWinner(fact);
    return fact.pair.map((name, at) => ({ name, won: winner === (at === 0 ? 'first' : 'second') }));
  });
  const ranked = [...Map.groupBy(met, ({ name }) => name)]
    .map(([name, pairs]) => ({ name, met: pairs.length, won: pairs.filter(({ won }) => won).length }))
    .sort((a, b) => b.won / b.met - a.won / a.met);
  return html`<h3>By pairs won</h3>
    <ol class="ranked">${ranked.map(({ name, won, met: of }) => html`<li>${name} <span class="tally">${won} of ${of}</span></li>`)}</ol>`;
}
