// The script of the report: filter, opening rows, deep links, copying and the theme. The page is readable without it.
// Nothing here makes HTML from text: the page's policy enforces Trusted Types.

/** @template {Element} T @param {string} selector @param {new () => T} type @param {ParentNode} [within] @returns {T[]} */
function all(selector, type, within = document) {
  return [...within.querySelectorAll(selector)].flatMap((found) => (found instanceof type ? [found] : []));
}

const root = document.documentElement;
root.classList.add('js');

// --- Theme: that of the system until the reader chooses. Nothing is stored, so it works from a file and in a private window.

const themeButton = all('#theme', HTMLButtonElement)[0];
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function showTheme() {
  const chosen = root.dataset['theme'];
  themeButton?.setAttribute('aria-pressed', String(chosen === undefined ? prefersDark.matches : chosen === 'dark'));
}

themeButton?.addEventListener('click', () => {
  root.dataset['theme'] = themeButton.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
  showTheme();
});
prefersDark.addEventListener('change', showTheme);
showTheme();

// --- Copying.

const said = document.getElementById('said');

/** @param {HTMLElement} source */
async function copy(source) {
  const text = source.textContent;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Outside a secure context there is no clipboard; the old method needs a selection.
    getSelection()?.selectAllChildren(source);
    const done = document.execCommand('copy');
    getSelection()?.removeAllRanges();
    return done;
  }
}

/** Adds a button to every command; called for the page, and for each row when it opens. @param {ParentNode} within */
function addCopyButtons(within) {
  for (const source of all('pre.copy', HTMLElement, within)) {
    if (source.nextElementSibling !== null) continue;
    const name = source.parentElement?.previousElementSibling?.textContent ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy ${name}`);
    button.addEventListener('click', async () => {
      const done = await copy(source);
      button.textContent = done ? 'Copied' : 'Not copied';
      if (said !== null) said.textContent = done ? `${name} copied` : `${name} could not be copied`;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2_000);
    });
    source.after(button);
  }
}

for (const cluster of all('.cluster', HTMLDetailsElement)) addCopyButtons(cluster);

// --- Rows that open.

const rows = all('.cases > tbody', HTMLTableSectionElement);

/** @param {HTMLElement} row @param {boolean} open */
function setOpen(row, open) {
  if (open) addCopyButtons(row);
  row.classList.toggle('open', open);
  linkOf(row)?.setAttribute('aria-expanded', String(open));
}

/** @param {HTMLElement} row */
function linkOf(row) {
  return all('a.id', HTMLAnchorElement, row)[0];
}

for (const row of rows) {
  linkOf(row)?.setAttribute('aria-expanded', 'false');
  row.rows[0]?.addEventListener('click', (event) => {
    const link = linkOf(row);
    const { target } = event;
    // Ignores a text selection, and a link that opens in another tab.
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection()) !== '') return;
    if (target instanceof HTMLAnchorElement && target !== link) return;
    event.preventDefault();
    const open = !row.classList.contains('open');
    setOpen(row, open);
    setHash(open ? row.id : 'cases');
  });
}

// --- The filter. It is in the hash too: `#cases?outcome=failed&q=dk`, `#case-dk/too-short?code=5361`.

const form = all('.filters', HTMLFormElement)[0];
const shown = document.getElementById('shown');
const nothing = all('.nothing', HTMLElement)[0];
/** @type {WeakMap<HTMLElement, string>} */
const texts = new WeakMap();

/** The text of a row for the search: its id, title and reason. @param {HTMLElement} row */
function textOf(row) {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const parts = all('.id, .title, .because', HTMLElement, row).map((part) => part.textContent);
  const text = parts.join(' ').toLowerCase();
  texts.set(row, text);
  return text;
}

/** The filter in the form, without empty fields. */
function filterOf() {
  const entries = form === undefined ? [] : [...new FormData(form)];
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])));
}

function applyFilter() {
  const filter = filterOf();
  const words = (filter.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const [basis, code, outcome] = [filter.get('basis'), filter.get('code'), filter.getAll('outcome')];
  let count = 0;
  for (const row of rows) {
    const { dataset } = row;
    const matches =
      (basis === null || dataset['basis'] === basis) &&
      (code === null || dataset['code'] === code) &&
      (outcome.length === 0 || outcome.includes(dataset['outcome'] ?? '')) &&
      words.every((word) => textOf(row).includes(word));
    row.hidden = !matches;
    if (matches) count += 1;
  }
  if (shown !== null) shown.textContent = `${count} of ${rows.length} cases`;
  if (nothing !== undefined) nothing.hidden = count > 0;
}

/** @param {URLSearchParams} filter */
function fillForm(filter) {
  if (form === undefined) return;
  form.reset();
  for (const field of all('input, select', HTMLElement, form)) {
    if (field instanceof HTMLSelectElement) field.value = filter.get(field.name) ?? '';
    else if (field instanceof HTMLInputElement && field.type === 'checkbox') {
      field.checked = filter.getAll(field.name).includes(field.value);
    } else if (field instanceof HTMLInputElement) field.value = filter.get(field.name) ?? '';
  }
}

form?.addEventListener('submit', (event) => event.preventDefault());
form?.addEventListener('input', () => {
  applyFilter();
  setHash('cases');
});
for (const button of all('button.clear', HTMLButtonElement)) {
  button.addEventListener('click', () => {
    fillForm(new URLSearchParams());
    applyFilter();
    setHash('cases');
    all('#q', HTMLInputElement)[0]?.focus();
  });
}

// --- The hash: an anchor, and the filter after a question mark.

/** @param {string} anchor */
function setHash(anchor) {
  const filter = String(filterOf());
  history.replaceState(null, '', `#${anchor}${filter === '' ? '' : `?${filter}`}`);
}

function readHash() {
  const [anchor = '', filter = ''] = location.hash.slice(1).split(/\?(.*)/s);
  const row = rows.find(({ id }) => id === decoded(anchor));
  if (row === undefined && decoded(anchor) !== 'cases') return;
  fillForm(new URLSearchParams(filter));
  applyFilter();
  if (row === undefined) {
    const title = document.getElementById('cases-title');
    title?.scrollIntoView();
    title?.focus({ preventScroll: true });
    return;
  }
  // A link to a case overrides a filter that would hide it.
  row.hidden = false;
  setOpen(row, true);
  row.scrollIntoView();
  linkOf(row)?.focus({ preventScroll: true });
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

addEventListener('hashchange', readHash);
// A link to the current hash changes nothing, but the reader wants to go there.
addEventListener('click', ({ target, defaultPrevented }) => {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!defaultPrevented && link !== null && link.hash !== '' && link.hash === location.hash) setTimeout(readHash);
});
applyFilter();
// After loading, the browser scrolls to the hash itself and moves the focus, so this runs afterwards.
addEventListener('load', () => setTimeout(readHash));

// Some browsers do not print folded parts, so they are unfolded first.
addEventListener('beforeprint', () => {
  for (const folded of all('main details', HTMLDetailsElement)) folded.open = true;
});
