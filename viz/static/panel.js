'use strict';
// The detail panel. All text goes in as text, never as markup.
Suyin.panel = (() => {
  const { words, records } = Suyin.data.page;
  const panel = document.getElementById('panel');
  const byId = new Map(records.map((record) => [record.id, record]));
  const fill = (words, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), words);

  function el(name, className, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  }
  function colored(element, color) { element.style.setProperty('--c', color); return element; }
  const place = ([start, end]) => fill(words.place, start, end);

  function quoted(pieces, color) {
    const block = el('blockquote', pieces.reduce((sum, [, text]) => sum + text.length, 0) > 260 ? 'long' : '');
    pieces.forEach(([kind, text]) => block.append(kind === 'cue' ? el('mark', 'own', text) : el('span', kind, text)));
    if (block.className === 'long') block.tabIndex = 0;
    return color ? colored(block, color) : block;
  }

  function linkItem(link) {
    const button = el('button', 'other', Suyin.draw.clip(el('i'), link.kind),
      el('span', '', link.number ? el('span', 'number', link.number) : '', el('span', 'words', link.caption)));
    button.type = 'button';
    if (Suyin.map.boxes.has(link.other)) button.addEventListener('click', () => Suyin.map.select(link.other, { focus: true }));
    else { button.disabled = true; button.title = words.not_drawn; }
    const item = el('li', '', colored(button, link.color));
    item.dataset.other = link.other || '';
    if (link.method) {
      item.append(el('div', 'how', el('b', link.method, words[link.method]),
        link.confidence === null ? '' : el('span', '', `${words.confidence} ${link.confidence.toFixed(2)}`),
        link.judged ? el('span', 'judged', `✓ ${words[link.judged]}`) : '',
        link.cue ? el('span', '', `${words.cue} “${link.cue}”`) : ''));
    }
    link.said.forEach((said) => {
      const note = [said.article ? `${words.article} ${said.article}` : '', place(said.place)].filter(Boolean).join(' · ');
      item.append(el('div', 'said', said.quote.length ? quoted(said.quote) : '', el('small', '', note)));
    });
    return item;
  }

  function section(title, items) {
    const list = el('ul', 'links', ...items);
    return [el('h3', '', title, el('small', '', String(items.length))), list];
  }

  function show(id, { link = null, focus = false } = {}) {
    panel.replaceChildren();
    panel.hidden = !id;
    if (!id) return;
    const record = byId.get(id);
    colored(panel, record.color);
    const close = el('button', 'close', '×');
    close.type = 'button';
    close.setAttribute('aria-label', words.close);
    close.title = words.close;
    close.addEventListener('click', () => { Suyin.map.select(null); document.getElementById('stage').focus(); });
    const heading = el('h2', '', record.number ? el('span', 'number', record.number) : '', record.caption);
    heading.tabIndex = -1;
    panel.append(el('div', 'top', el('span', 'chip', record.kind), close), heading);
    if (record.facts.length) {
      panel.append(el('dl', '', ...record.facts.flatMap(([name, value]) => [el('dt', '', name), el('dd', '', value)])));
    }
    if (record.quote.length) {
      panel.append(el('h3', '', words.quote, record.place ? el('small', '', place(record.place)) : ''),
        quoted(record.quote, record.color));
    }
    offerMore(id);
    const groups = new Map();
    record.links.forEach((one) => groups.set(one.group, [...(groups.get(one.group) || []), linkItem(one)]));
    groups.forEach((items, title) => panel.append(...section(title, items)));
    if (!record.links.length) panel.append(el('p', 'how', words.nothing));
    panel.scrollTop = 0;
    const lit = link && [...panel.querySelectorAll('.links > li')].find((item) => item.dataset.other === link);
    if (lit) { lit.classList.add('lit'); lit.scrollIntoView({ block: 'center' }); }
    if (focus) heading.focus();
  }
  // what the picture had no room for
  function offerMore(id) {
    const count = Suyin.map.missing(id).length, outside = Suyin.map.outside(id), many = Suyin.map.tooMany(id);
    if (!count && !outside) return;
    const button = el('button', 'more', !count ? fill(words.outside, outside) : many ? fill(words.many, many) : fill(words.more, count));
    button.type = 'button';
    button.addEventListener('click', () => Suyin.map.expand(id, { though: true }));
    panel.append(button);
  }
  const focus = () => { const first = panel.querySelector('h2'); if (first) first.focus(); };
  return { show, focus, el, colored };
})();
