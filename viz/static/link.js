'use strict';
// The address keeps the view: what is chosen (n), the types shown (show), the kinds of line (lines), what was
// drawn on demand (more), the place (at), map or table (view). An address with a part of these changes that part.
Suyin.link = (() => {
  const { page } = Suyin.data, { map } = Suyin, view = map.stage;
  const first = [...map.shownTypes].join();
  const stage = document.getElementById('stage'), table = document.getElementById('table');
  let now = 'map', timer = 0;

  function setView(which) {
    now = which;
    stage.hidden = which !== 'map';
    table.hidden = which !== 'table';
    document.body.dataset.view = which;
    document.querySelectorAll('.view').forEach((b) => b.setAttribute('aria-pressed', String(b.dataset.view === which)));
    view.resize();
    keep();
  }
  function state() {
    const parts = new URLSearchParams(), types = [...map.shownTypes].join();
    if (map.selected()) parts.set('n', map.selected());
    if (types !== first) parts.set('show', types);
    if (map.shownMethods.size < 2) parts.set('lines', [...map.shownMethods].join() || 'none');
    if (map.asked.size) parts.set('more', [...map.asked].slice(0, 100).join());
    if (view.isZoomed()) { const v = view.view(); parts.set('at', [v.left, v.top, v.scale * 100].map(Math.round).join()); }
    if (now !== 'map') parts.set('view', now);
    return parts.toString().replace(/%2C/g, ',');
  }
  function write() {
    const hash = state();
    if (hash === location.hash.slice(1)) return;
    try { history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search); } catch { /* a page in a frame has no address of its own */ }
  }
  function keep() { clearTimeout(timer); timer = setTimeout(write, 250); }

  function apply() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const list = (key) => (parts.get(key) || '').split(',');
    if (parts.has('show')) document.querySelectorAll('[data-type]').forEach(({ dataset: { type } }) => map.show(type, list('show').includes(type)));
    if (parts.has('lines')) ['explicit', 'inferred'].forEach((method) => map.showMethod(method, list('lines').includes(method)));
    if (parts.has('more')) map.draw(list('more').filter((id) => map.boxes.has(id)));
    setView(parts.get('view') === 'table' ? 'table' : 'map');
    if (map.boxes.has(parts.get('n'))) map.select(parts.get('n'));
    else map.refresh();
    const [left, top, scale] = list('at').map(Number);
    if (scale > 0 && [left, top].every(Number.isFinite)) { view.setZoomed(); view.look_at({ left, top, scale: Math.min(Math.max(scale / 100, 0.25), 2) }); }
  }
  map.onChange(keep);
  map.network.on('afterDrawing', keep);
  document.querySelectorAll('.view').forEach((button) => button.addEventListener('click', () => setView(button.dataset.view)));
  window.addEventListener('hashchange', apply);

  map.start();
  if (location.hash.length > 1) apply();
  else setView('map');
  document.body.dataset.ready = 'yes';
  return { setView, state };
})();
