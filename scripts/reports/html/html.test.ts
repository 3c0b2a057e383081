import { expect, test } from 'vitest';
import { hostile } from '../testing/hostile.ts';
import { asMarkup, html, joined, textOf } from './html.ts';

test('text is escaped in text and in attributes', () => {
  const made = textOf(html`<a title="${'"><b>\'&'}">${'"><b>\'&'}</a>`);
  expect(made).toBe(`<a title="&quot;&gt;&lt;b&gt;&#39;&amp;">"&gt;&lt;b&gt;'&amp;</a>`);
});

test('quotes are escaped wherever the template does not show that it is text', () => {
  expect(textOf(html`${'"'}`)).toBe('&quot;');
  expect(textOf(html`<a ${html`title="${'"'}"`}>x</a>`)).toBe('<a title="&quot;">x</a>');
  expect(textOf(html`<p>a</p><a href="#${'"'}" title="${'"'}">`)).toBe('<p>a</p><a href="#&quot;" title="&quot;">');
});

test('what a template made is not escaped again', () => {
  expect(textOf(html`<ul>${['a<', 'b'].map((item) => html`<li>${item}</li>`)}</ul>`)).toBe(
    '<ul><li>a&lt;</li><li>b</li></ul>',
  );
  expect(textOf(html`<p>${asMarkup('<b>x</b>')}${false}${undefined}${0}</p>`)).toBe('<p><b>x</b>0</p>');
  expect(textOf(html`<p>${joined(['a', 'b'], html`<br>`)}</p>`)).toBe('<p>a<br>b</p>');
});

test('nothing read from JSON passes for markup', () => {
  const read = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
  expect(() => textOf(html`<p>${read}</p>`)).toThrow();
});

test('control characters and overrides are made visible', () => {
  expect(textOf(html`<p>${hostile}</p>`)).toContain('\\u{202e}\\x00\\x1b[31m');
});

test('a template loses its indentation and nothing else', () => {
  expect(
    textOf(html`<p>
      ${'  a\n  b'}
    </p>`),
  ).toBe('<p>\n  a\\n  b\n</p>');
});
