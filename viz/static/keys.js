'use strict';
// The keyboard on the map.
(() => {
  const { page } = Suyin.data, { boxes, visible, lines, select, stage: view } = Suyin.map;
  const holder = document.getElementById('network');

  // while an input method composes, its keys are its own and reach none of ours (229: Safari, when it ends)
  window.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
  }, true);

  function step(key) {
    const seen = [...visible].map((id) => boxes.get(id)).sort((a, b) => a.x - a.w / 2 - (b.x - b.w / 2) || a.y - b.y);
    const selected = Suyin.map.selected();
    if (!selected) return (seen.find((b) => b.kind === 'Problem') || seen[0] || {}).id;
    const here = boxes.get(selected), column = seen.filter((b) => b.column === here.column).sort((a, b) => a.y - b.y);
    if (key === 'Home' || key === 'End') return column[key === 'Home' ? 0 : column.length - 1].id;
    const at = column.indexOf(here);
    if (key === 'ArrowUp' || key === 'ArrowDown') return (column[at + (key === 'ArrowUp' ? -1 : 1)] || here).id;
    const order = page.columns.map((c) => c.label).filter((label) => seen.some((b) => b.column === label));
    const label = order[order.indexOf(here.column) + (key === 'ArrowLeft' ? -1 : 1)];
    const next = seen.filter((b) => b.column === label);
    const joined = next.filter((b) => lines.some((e) => e.shown && e.ends.includes(b.id) && e.ends.includes(here.id)));
    const nearest = (list) => list.reduce((best, b) => (best && Math.abs(best.y - here.y) <= Math.abs(b.y - here.y) ? best : b), null);
    return (nearest(joined) || nearest(next) || here).id;
  }
  holder.addEventListener('keydown', (event) => {
    if (event.target !== holder || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event, selected = Suyin.map.selected();
    if (key.startsWith('Arrow') || key === 'Home' || key === 'End') { const id = step(key); if (id) select(id); }
    else if (key === 'Enter' && selected) { Suyin.map.expand(selected); Suyin.panel.focus(); }
    else if (key === '+' || key === '=') view.zoom(1.2);
    else if (key === '-') view.zoom(1 / 1.2);
    else if (key === '0') view.fit();
    else if (key === '/') document.getElementById('search').focus();
    else if (key === 'PageDown' || key === 'PageUp') view.pan(0, (key === 'PageUp' ? -0.8 : 0.8) * view.size().height);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && Suyin.map.selected()) { select(null); holder.focus(); }
  });
})();
