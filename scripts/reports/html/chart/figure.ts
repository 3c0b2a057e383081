import { table } from '../elements.ts';
import type { Content, Markup } from '../html.ts';
import { html } from '../html.ts';

/**
 * A figure of the report: a chart, its finding in words and its numbers in a table. Each can be understood alone.
 * @param key entries made by `keyEntry`. The first cell of a row names it; `wide` uses the full width.
 */
export function figure({
  id,
  title,
  finding,
  key = [],
  drawing,
  head: [first = '', ...others] = [],
  rows = [],
  wide = false,
}: {
  readonly id: string;
  readonly title: string;
  readonly finding: Content;
  readonly key?: readonly (Markup | false)[];
  readonly drawing: Content;
  readonly head?: readonly string[];
  readonly rows?: readonly (readonly Content[])[];
  readonly wide?: boolean;
}): Markup {
  const columns = [first, ...others.map((number) => ({ number }))];
  return html`<figure class="chart${wide && ' all'}" id="${id}">
    <figcaption><h3>${title}</h3><p>${finding}</p></figcaption>
    ${key.some((entry) => entry !== false) && html`<ul class="key">${key}</ul>`}
    ${drawing}
    ${
      rows.length > 0 &&
      html`<details class="data"><summary>Numbers<span class="unseen"> of: ${title}</span></summary>
    <div class="wide" tabindex="0" role="group" aria-label="Numbers of: ${title}, may scroll">${table({ caption: title, columns, rows })}</div>
  </details>`
    }
  </figure>`;
}

/** An entry of a key: a sample of a shape as SVG of 22 by 12 pixels, and its meaning. */
export function keyEntry(sample: Content, meaning: Content): Markup {
  return html`<li><svg class="sample" width="22" height="12" aria-hidden="true">${sample}</svg>${meaning}</li>`;
}
