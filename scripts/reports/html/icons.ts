import type { CodeCoverage } from '../../../contract/judge/coverage.ts';
import { notSelected } from '../../../contract/judge/coverage.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';

/** Outcomes in the order in which a reader wants them: the gravest first. */
export const outcomes: readonly Outcome[] = ['failed', 'error', 'warned', 'skipped', 'passed'];

/** A status: its icon, and the words that say the same. */
export function status(look: Outcome, words: Content = look): Markup {
  return html`<span class="status ${look}">${icon(look)}${words}</span>`;
}

/** The icon alone; what it means must stand beside it. */
export function icon(look: Outcome): Markup {
  return html`<svg class="icon" aria-hidden="true"><use href="#i-${look}"/></svg>`;
}

/** How the coverage of a code looks, and the word for it. */
export function coverageLook({ status: coverage, reason }: CodeCoverage): {
  readonly look: Outcome;
  readonly word: string;
} {
  if (coverage === 'covered') return { look: 'passed', word: 'covered' };
  if (coverage === 'not-implemented') return { look: 'failed', word: 'broken' };
  return { look: 'skipped', word: reason === notSelected ? 'not selected' : 'not tested' };
}

/** How an exit code looks: kept, broken, or something that could not be used. */
export function exitLook(exitCode: number): Outcome {
  if (exitCode === 0) return 'passed';
  return exitCode === 1 ? 'failed' : 'error';
}

/** The shapes behind the icons, drawn once a page. Each has an outline of its own: none needs its colour. */
export function iconShapes(): Markup {
  return html`<svg class="shapes" aria-hidden="true">
    <symbol id="i-passed" viewBox="0 0 16 16"><circle class="solid" cx="8" cy="8" r="7.5"/><path class="mark" d="m4.6 8.3 2.3 2.4 4.6-5"/></symbol>
    <symbol id="i-failed" viewBox="0 0 16 16"><path class="solid" d="M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z"/><path class="mark" d="m5.5 5.5 5 5m0-5-5 5"/></symbol>
    <symbol id="i-error" viewBox="0 0 16 16"><rect class="solid" x=".8" y=".8" width="14.4" height="14.4" rx="3"/><path class="mark" d="M8 4v4.6m0 2.7v.4"/></symbol>
    <symbol id="i-warned" viewBox="0 0 16 16"><path class="solid" d="M8 1 15.6 14.8H.4z"/><path class="mark" d="M8 6v4m0 2.2v.3"/></symbol>
    <symbol id="i-skipped" viewBox="0 0 16 16"><circle class="hollow" cx="8" cy="8" r="6.7"/><path class="hollow" d="M5 8h6"/></symbol>
  </svg>`;
}
