// The report's own script: filter, rows that open, deep links, copying and the theme. Without it the page still reads.
// Nothing here makes HTML from text: Trusted Types forbid it, and the page's policy holds them.

/** @template {Element} T @param {string} selector @param {new () => T} type @param {ParentNode} [within] @returns {T[]} */
function all(selector, type, within = document) {
  return [...within.querySelectorAll(selector)].flatMap((found) => (found instanceof type ? [found] : []));
}

const root = document.documentElement;
root.classList.add('js');

// --- Theme: the system's until the reader chooses; nothing is stored, so it works from a file and in a private window.

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
    // No clipboard outside a secure context: the old way needs a selection.
    getSelection()?.selectAllChildren(source);
    const done = document.execCommand('copy');
    getSelection()?.removeAllRanges();
    return done;
  }
}

/** Gives every command its button; called for what is on the page, and for each row as it opens. @param {ParentNode} within */
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
    // A text that is being selected is no click, and a link opened in another tab is none here.
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection()) !== '') return;
    if (target instanceof HTMLAnchorElement && target !== link) return;
    event.preventDefault();
    const open = !row.classList.contains('open');
    setOpen(row, open);
    setHash(open ? row.id : 'cases');
  });
}

// --- The filter. It stands in the hash as well: `#cases?outcome=failed&q=dk`, `#case-dk/too-short?code=5361`.

const form = all('.filters', HTMLFormElement)[0];
const shown = document.getElementById('shown');
const nothing = all('.nothing', HTMLElement)[0];
/** @type {WeakMap<HTMLElement, string>} */
const texts = new WeakMap();

/** What a row is searched by: its id, title and reason. @param {HTMLElement} row */
function textOf(row) {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const parts = all('.id, .title, .because', HTMLElement, row).map((part) => part.textContent);
  const text = parts.join(' ').toLowerCase();
  texts.set(row, text);
  return text;
}

/** The filter as the form has it, without what is not set. */
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
  // A link to a case is worth more than the filter that would hide it.
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
// A link to where the hash already is changes nothing, and its reader wants to go there all the same.
addEventListener('click', ({ target, defaultPrevented }) => {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!defaultPrevented && link !== null && link.hash !== '' && link.hash === location.hash) setTimeout(readHash);
});
applyFilter();
// The browser goes to the hash by itself when the page has loaded, and takes the focus away: only then is it ours.
addEventListener('load', () => setTimeout(readHash));

// Browsers that print what is folded do so by themselves; for the others it is unfolded first.
addEventListener('beforeprint', () => {
  for (const folded of all('main details', HTMLDetailsElement)) folded.open = true;
});
