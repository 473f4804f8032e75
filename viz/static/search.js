'use strict';
// Finding a node by its words; then the page opens.
(() => {
  const { words, records } = Suyin.data.page;
  const { el, colored } = Suyin.panel;
  const input = document.getElementById('search'), list = document.getElementById('hits');
  const MOST = 12;
  const plain = (text) => text.normalize('NFKC').toLowerCase();
  const index = records.map((record) => ({
    record, head: plain(`${record.number} ${record.caption}`),
    all: plain([record.caption, ...record.quote.filter(([kind]) => kind === 'own').map(([, text]) => text),
      ...record.facts.map(([, value]) => value)].join(' ')),
  }));
  let hits = [], at = -1;

  function find(query) {
    const words = plain(query).split(/\s+/).filter(Boolean);
    const holds = (text) => words.every((word) => text.includes(word));
    const found = index.filter(({ head, all }) => holds(head) || holds(all));
    return found.sort((a, b) => holds(b.head) - holds(a.head)).slice(0, MOST).map(({ record }) => record);
  }
  function mark(next) {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) { input.setAttribute('aria-activedescendant', `hit-${at}`); list.children[at].scrollIntoView({ block: 'nearest' }); }
    else input.removeAttribute('aria-activedescendant');
  }
  function close() { list.hidden = true; input.setAttribute('aria-expanded', 'false'); mark(-1); }
  function pick(record) { close(); Suyin.link.setView('map'); Suyin.map.select(record.id, { focus: true }); }
  function update() {
    const query = input.value.trim();
    hits = query ? find(query) : [];
    list.replaceChildren(...hits.map((record, i) => {
      const item = el('li', '', colored(el('small', 'chip', record.kind), record.color), `${record.number} ${record.caption}`.trim());
      item.id = `hit-${i}`;
      item.setAttribute('role', 'option');
      item.addEventListener('mousedown', (event) => { event.preventDefault(); pick(record); });
      return item;
    }));
    if (query && !hits.length) list.append(el('li', 'none', words.no_hits));
    list.hidden = !query;
    input.setAttribute('aria-expanded', String(Boolean(query)));
    mark(hits.length ? 0 : -1);
  }
  input.addEventListener('input', update);
  input.addEventListener('focus', () => { if (input.value.trim()) update(); });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (hits.length) mark((at + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length);
    } else if (event.key === 'Enter' && hits[at]) pick(hits[at]);
    else if (event.key === 'Escape') { input.value = ''; close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
})();
