import { type Knee, type KneeTrial, type LoadResults, trialWords } from '../../../../load/results.ts';
import { across, down, figure, plot } from '../chart/figure.ts';
import { bandKey, type Look, point, pointKey } from '../chart/intervals.ts';
import { bar } from '../chart/marks.ts';
import { countText, msText, msTick } from '../chart/number-text.ts';
import { countScale, durationScale } from '../chart/scale.ts';
import { html, type Markup } from '../html.ts';

const height = 210;

const looks: Readonly<Record<KneeTrial['outcome'], Look>> = {
  kept: 'sure',
  broken: 'worse',
  'not valid': 'unsure',
};

/** The trials of a breakpoint search, and the rates between which the objectives are missed. Undefined without a search. */
export function kneeFigure({ knee }: LoadResults): Markup | undefined {
  if (knee === undefined) return undefined;
  const { trials, keptAt, brokenAt } = knee;
  const x = countScale(Math.max(0, brokenAt ?? 0, ...trials.map(({ rate }) => rate)));
  const measured = trials.map(({ p99 }) => p99).filter((p99) => p99 > 0);
  const y = durationScale(Math.min(...measured, 1e9), Math.max(...measured, 0));
  const outcomes = new Set(trials.map(({ outcome }) => outcome));
  const inOrder = [...trials].sort((a, b) => a.rate - b.rate);
  return figure({
    id: 'load-knee',
    title: 'Highest rate',
    wide: true,
    finding: finding(knee),
    key: [
      ...(['kept', 'broken', 'not valid'] as const).map(
        (outcome) => outcomes.has(outcome) && pointKey(looks[outcome], trialWords[outcome]),
      ),
      keptAt !== null && brokenAt !== null && bandKey('the limit is in this range'),
    ],
    drawing:
      trials.length > 0 &&
      plot({
        label: `${trials.length} trials, rate against p99: ${inOrder.map(({ rate, p99, outcome }) => `${rate} per second ${msText(p99)} ${trialWords[outcome]}`).join('; ')}.`,
        height,
        x: { scale: x, name: 'requests per second', text: countText },
        y: { scale: y, name: y.byFactors ? 'p99 (logarithmic)' : 'p99', text: msTick },
        content: [
          keptAt !== null && brokenAt !== null && bar(x, [keptAt, brokenAt], [0, height], 'band'),
          trials.map(({ rate, p99, outcome }) => point(looks[outcome], across(x, rate), down(y, p99, height))),
        ],
      }),
    head: ['rate', 'p99', 'result', 'why'],
    rows: inOrder.map(({ rate, p99, outcome, why }) => [`${countText(rate)}/s`, msText(p99), trialWords[outcome], why]),
  });
}

function finding({ keptAt, brokenAt, certainty, trials }: Knee): Markup {
  if (trials.length === 0) return html`No rate was tried.`;
  const sure = certainty === '' ? '' : ` Certainty: ${certainty.replace(/[.!?]$/, '')}.`;
  if (keptAt === null) {
    const at = brokenAt === null ? '' : `, and were missed at ${countText(brokenAt)} per second already`;
    return html`The objectives were <strong>never met</strong>${at}.${sure}`;
  }
  const kept = html`The objectives were met up to <strong>${countText(keptAt)} per second</strong>`;
  return brokenAt === null
    ? html`${kept}, and no possible rate missed them.${sure}`
    : html`${kept} and missed from <strong>${countText(brokenAt)}</strong> on.${sure}`;
}
