import { expect, test } from 'vitest';
import { hostile } from '../testing/synthetic.ts';
import { asMarkup, html, htmlText, joinContent } from './html.ts';

test.each([
  [html`<a title="${'"><b>\'&'}">x</a>`, `<a title="&#34;&gt;&lt;b&gt;'&amp;">x</a>`],
  [html`<p>${'"><b>\'&'}</p>`, `<p>&#34;&gt;&lt;b&gt;'&amp;</p>`],
  // A template that ends a tag within an attribute's value is no reason to take a quote for text.
  [html`<a title="a > ${'"'}">x</a>`, '<a title="a > &#34;">x</a>'],
  [html`<a ${html`title="${'"'}"`}>x</a>`, '<a title="&#34;">x</a>'],
])('a value is escaped wherever it stands', (made, want) => {
  expect(htmlText(made)).toBe(want);
});

test('what a template made is not escaped again', () => {
  expect(htmlText(html`<ul>${['a<', 'b'].map((item) => html`<li>${item}</li>`)}</ul>`)).toBe(
    '<ul><li>a&lt;</li><li>b</li></ul>',
  );
  expect(htmlText(html`<p>${asMarkup('<b>x</b>')}${false}${undefined}${0}</p>`)).toBe('<p><b>x</b>0</p>');
  expect(htmlText(html`<p>${joinContent(['a', 'b'], html`<br>`)}</p>`)).toBe('<p>a<br>b</p>');
});

test('nothing read from JSON passes for markup', () => {
  const read = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
  expect(() => htmlText(html`<p>${read}</p>`)).toThrow();
});

test('control characters and overrides are made visible', () => {
  expect(htmlText(html`<p>${hostile}</p>`)).toContain('\\u{202e}\\x00\\x1b[31m');
});

test('a template loses its indentation and nothing else', () => {
  expect(
    htmlText(html`<p>
      ${'  a\n  b'}
    </p>`),
  ).toBe('<p>\n  a\\n  b\n</p>');
});
