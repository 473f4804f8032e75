// The page of a report: what is under the mouse or chosen in the text, the map, the outline or the table shows in
// the others. All of them know a thing by the same id: data-n here, the id of a box in the map.
const $ = (selector, root = document) => root.querySelector(selector);
const paras = $('#paras'), frame = $('#map iframe'), here = $('#here');
const narrow = matchMedia('screen and (max-width: 900px)');
const ids = (element) => element.dataset.n.split(' ');
const all = (id) => document.querySelectorAll(`[data-n~="${CSS.escape(id)}"]`);
const map = () => frame.contentWindow && frame.contentWindow.suyin;
let lit = null, chosen = null, resting = 0;

function mark(name, was, id) {
  if (was) all(was).forEach((element) => element.classList.remove(name));
  if (id) all(id).forEach((element) => element.classList.add(name));
}
function hover(id, { fromMap = false } = {}) {
  if (id === lit) return;
  mark('lit', lit, id);
  lit = id;
  clearTimeout(resting);
  // a map of many boxes is drawn anew for it, so only where the mouse rests
  if (!fromMap) resting = setTimeout(() => { if (map() && (!id || map().has(id))) map().hover(id); }, 80);
}
// `from`: where it was chosen, which is not scrolled
function choose(id, { from = '' } = {}) {
  mark('chosen', chosen, id);
  chosen = id;
  if (id && from !== 'text') reveal(paras.querySelector(`.s[data-n="${CSS.escape(id)}"]`));
  if (from !== 'map' && map() && (!id || map().has(id))) map().select(id);
}
function reveal(element) {
  if (!element || !paras.clientHeight) return;
  // twice: what was not laid out yet gets its height in between
  const go = () => {
    const at = element.getBoundingClientRect(), area = paras.getBoundingClientRect();
    if (at.top < area.top + 20 || at.bottom > area.bottom - 20) paras.scrollTop += at.top - area.top - area.height / 4;
  };
  go();
  requestAnimationFrame(go);
}

// --- the text ------------------------------------------------------------------------------------------------------
const standing = (element) => {
  const found = [];
  for (let at = element.closest('.s'); at; at = at.parentElement.closest('.s')) if (!at.classList.contains('off')) found.push(at);
  return found;
};
function tell(found) {
  here.hidden = !found.length;
  const names = new Map([...document.querySelectorAll('.kind')].map((b) => [b.dataset.kind, b.firstChild && b.textContent.replace(/\d+\s*$/, '').trim()]));
  $('ul', here).replaceChildren(...found.map((element) => {
    const kind = element.classList.contains('link') ? 'link' : [...element.classList].find((c) => c.startsWith('k-')).slice(2);
    const item = document.createElement('li'), small = document.createElement('small'), button = document.createElement('button');
    small.textContent = names.get(kind);
    button.type = 'button';
    const words = element.textContent;
    button.textContent = words.length > 60 ? `${words.slice(0, 60)}…` : words;
    button.addEventListener('click', () => choose(ids(element).at(-1), { from: 'here' }));
    item.append(small, button);
    return item;
  }));
}
document.addEventListener('click', ({ target }) => {
  if (!target.closest('#paras') || !getSelection().isCollapsed) return;
  const found = standing(target);
  tell(found);
  choose(found.length ? ids(found[0]).at(-1) : null, { from: 'text' });
});
$('button:last-child', here).addEventListener('click', () => { here.hidden = true; });
document.addEventListener('mouseover', ({ target }) => {
  const element = target.closest('[data-n]:not(.off)');
  hover(element ? ids(element).at(-1) : null);
});
document.querySelectorAll('.kind').forEach((button) => button.addEventListener('click', () => {
  const on = button.getAttribute('aria-pressed') !== 'true', { kind } = button.dataset;
  button.setAttribute('aria-pressed', String(on));
  paras.querySelectorAll(kind === 'link' ? '.s.link' : `.s.k-${kind}`).forEach((element) => element.classList.toggle('off', !on));
}));

// --- a place of the text in the address: #c12-34 counts characters of the source -------------------------------------
function* pieces(paragraph) {
  const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let at = Number(paragraph.dataset.at);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.nodeType === Node.ELEMENT_NODE) { at += Number(node.dataset.c || 0); continue; }
    const characters = [...node.data];
    yield { node, at, end: at + characters.length, characters };
    at += characters.length;
  }
}
function unmark() {
  paras.querySelectorAll('mark.place').forEach((element) => { element.replaceWith(...element.childNodes); });
  paras.normalize();
}
function markPlace(start, end) {
  unmark();
  const all = [...paras.querySelectorAll('p[data-at]')], starts = all.map((p) => Number(p.dataset.at));
  const first = Math.max(starts.findLastIndex((at) => at <= start), 0);
  for (let i = first; i < all.length && starts[i] < end; i += 1) {
    [...pieces(all[i])].filter((one) => one.at < end && one.end > start).forEach(({ node, at, characters }) => {
      const units = (count) => characters.slice(0, Math.max(count, 0)).join('').length;
      const range = document.createRange(), element = document.createElement('mark');
      range.setStart(node, units(start - at));
      range.setEnd(node, units(Math.min(end - at, characters.length)));
      element.className = 'place';
      range.surroundContents(element);
    });
  }
  if (narrow.matches) tab('text');
  reveal($('mark.place', paras));
}
function follow() {
  const place = /^#c(\d+)-(\d+)$/.exec(location.hash);
  if (!place) return;
  markPlace(Number(place[1]), Number(place[2]));
  const element = document.getElementById(location.hash.slice(1));
  choose(element ? ids(element).at(-1) : null, { from: 'text' });
  if (!narrow.matches) $('.bench').scrollIntoView({ block: 'nearest' });
}
addEventListener('hashchange', follow);

// --- the map --------------------------------------------------------------------------------------------------------
function openMap() {
  if (!frame.src && (!narrow.matches || document.body.dataset.tab === 'map')) frame.src = frame.dataset.src;
}
frame.addEventListener('load', () => {
  const doc = frame.contentDocument;
  if (!map() || !doc) return;
  doc.body.dataset.framed = 'yes';
  frame.contentWindow.dispatchEvent(new Event('resize'));
  doc.addEventListener('suyin:hover', ({ detail }) => hover(detail && detail.id, { fromMap: true }));
  doc.addEventListener('suyin:select', ({ detail }) => choose(detail && detail.id, { from: 'map' }));
  if (chosen) map().select(chosen);
  frame.dataset.ready = 'yes';
});

// --- outline and table ------------------------------------------------------------------------------------------------
document.addEventListener('click', (event) => {
  const element = event.target.closest('#findings [data-n]');
  if (!element || event.target.closest('button, .how a, td a, th a')) return;
  choose(ids(element).at(-1), { from: 'table' });
});

// --- tabs of a narrow screen ----------------------------------------------------------------------------------------
const tabs = [...document.querySelectorAll('[role=tab]')];
function tab(name) {
  document.body.dataset.tab = name;
  tabs.forEach((button) => button.setAttribute('aria-selected', String(button.id === `tab-${name}`)));
  openMap();
}
tabs.forEach((button, i) => {
  button.addEventListener('click', () => tab(button.getAttribute('aria-controls')));
  button.addEventListener('keydown', ({ key }) => {
    const next = tabs[(i + (key === 'ArrowRight') - (key === 'ArrowLeft') + tabs.length) % tabs.length];
    if (next !== button) { next.focus(); next.click(); }
  });
});
document.addEventListener('click', ({ target }) => {
  const menu = $('.menu[open]');
  if (menu && !menu.contains(target)) menu.open = false;
});
narrow.addEventListener('change', openMap);
tab('text');
follow();

// the page as the service has it now, at the same place: after a judgement
export async function renew() {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
  ['#paras', '#findings'].forEach((selector) => {
    const there = $(selector), top = there.scrollTop;
    there.replaceChildren(...$(selector, made).childNodes);
    there.scrollTop = top;
  });
  document.querySelectorAll('.kind[aria-pressed="false"]').forEach(({ dataset: { kind } }) => {
    paras.querySelectorAll(kind === 'link' ? '.s.link' : `.s.k-${kind}`).forEach((element) => element.classList.add('off'));
  });
  mark('chosen', null, chosen);
  if (frame.src) { delete frame.dataset.ready; frame.contentWindow.location.reload(); }
}
