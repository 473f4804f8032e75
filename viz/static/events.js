'use strict';
// For a page that holds this map in a frame: it is told what is chosen and what the mouse is on, and says what
// else should be. Nothing of it acts by itself. Ids are those of Suyin.data.page.records, in Python viz.maps.page_id.
//   document:  suyin:ready; suyin:select and suyin:hover, detail {id, label, caption, place: [start, end]} or null
//   window.suyin: has(id), select(id or null), hover(id or null), selected()
(() => {
  const { map } = Suyin, records = new Map(Suyin.data.page.records.map((record) => [record.id, record]));
  const was = { select: null, hover: null };
  function told(id) {
    const { label, caption, place } = records.get(id) || {};
    return id ? { id, label, caption, place } : null;
  }
  function tell(what, id) {
    if (was[what] === id) return;
    was[what] = id;
    document.dispatchEvent(new CustomEvent(`suyin:${what}`, { detail: told(id) }));
  }
  map.onChange(() => { tell('select', map.selected()); tell('hover', map.hovered()); });
  // what the page itself asks for, it is not told of again
  function asked(what, id, act) {
    const known = map.boxes.has(id) ? id : null;
    if ((id && !known) || was[what] === known) return;
    was[what] = known;
    act(known);
  }
  window.suyin = {
    has: (id) => map.boxes.has(id),
    select: (id) => asked('select', id, (known) => { if (known) Suyin.link.setView('map'); map.select(known); }),
    hover: (id) => asked('hover', id, map.hover),
    selected: () => told(map.selected()),
  };
  document.dispatchEvent(new CustomEvent('suyin:ready'));
})();
