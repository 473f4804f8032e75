'use strict';
// The network, and what of it is shown. Everything else asks Suyin.map.
Suyin.map = (() => {
  const { nodes: rawNodes, edges: rawEdges, options, page } = Suyin.data;
  const holder = document.getElementById('network'), stage = document.getElementById('stage');
  const boxes = new Map(rawNodes.filter((n) => !n.port).map((n) => [n.id, { ...n, x0: n.x, w0: n.w }]));
  const ports = rawNodes.filter((n) => n.port);
  const below = new Map([...boxes.keys()].map((id) => [id, []]));
  boxes.forEach((b) => b.under && below.get(b.under).push(b.id));
  const lines = rawEdges.map((e) => ({ ...e, tint: e.color }));
  const neighbours = new Map(page.records.map((r) => [r.id, r.links.map((link) => link.other).filter((id) => boxes.has(id))]));
  const drawn = new Set([...boxes.values()].filter((b) => !b.held).map((b) => b.id)), asked = new Set();
  const shownTypes = new Set(page.open.filter((kind) => document.querySelector(`[data-type="${kind}"]`)));
  const shownMethods = new Set(['explicit', 'inferred']);
  const visible = new Set(), linked = new Set(), listeners = [];
  let selected = null, hovered = null, active = null, factor = 1;

  const descendants = (id) => below.get(id).flatMap((child) => [child, ...descendants(child)]);
  const ancestors = (id) => { const up = boxes.get(id).under; return up ? [up, ...ancestors(up)] : []; };
  const look = (id) => ({ faded: active !== null && !active.has(id), chosen: id === selected, hover: id === hovered });
  const outside = (id) => (page.beyond[id] || [0])[0];  // how many are tied to it that only the service has
  const missing = (id) => [...new Set((neighbours.get(id) || []).filter((other) => !drawn.has(other)))];

  // vis-network asks this how to draw a node
  const boxRenderer = (b) => ({ ctx }) => ({
    drawNode() { Suyin.draw[view.isOverview() ? 'bar' : 'box'](ctx, b, look(b.id), missing(b.id).length + outside(b.id)); },
    nodeDimensions: { width: b.w, height: b.h },
  });
  const portRenderer = (p) => ({ ctx, x, y }) => ({
    drawNode() { if (linked.has(p.id) && !view.isOverview()) Suyin.draw.dot(ctx, x, y, boxes.get(p.port).color, look(p.port).faded); },
    nodeDimensions: { width: 0, height: 0 },
  });
  const nodes = new vis.DataSet([]), edges = new vis.DataSet([]);
  const network = new vis.Network(holder, { nodes, edges }, options);
  holder.querySelectorAll('[tabindex]').forEach((element) => element.removeAttribute('tabindex'));  // the holder has the keys
  const crowded = () => shownTypes.has('Unit') || shownTypes.has('Policy') || 'framed' in document.body.dataset;
  const view = Suyin.viewOf({ network, holder, boxes, visible, crowded, stretch });

  // --- what is shown ---------------------------------------------------------------------------------------
  // Evidence opens under its problem and pushes down what stands below it in the outline.
  function openProblems() {
    const owners = new Set([...boxes.values()].filter((b) => b.kind === 'Evidence' && b.under).map((b) => b.under));
    if (shownTypes.has('Evidence')) return owners;
    const chosen = boxes.get(selected);
    const owner = chosen && chosen.kind === 'Evidence' ? chosen.under : selected;
    return new Set(owners.has(owner) ? [owner] : []);
  }
  function place() {
    const open = openProblems();
    visible.clear();
    boxes.forEach((b) => {
      const opened = b.kind === 'Evidence' && b.under;
      const shown = opened ? open.has(b.under) && shownTypes.has('Problem') : shownTypes.has(b.kind);
      if (shown && (drawn.has(b.id) || opened)) visible.add(b.id);
    });
    Suyin.layout.place(boxes, visible, lines);
    boxes.forEach((b) => { b.x = b.x0 * factor; b.w = b.w0 * factor; });
  }
  function stretch(by) { factor = by; refresh(); }

  function refresh() {
    place();
    const focus = selected ? new Set([selected, ...descendants(selected)]) : null;
    const line = focus && new Set([...focus, ...ancestors(selected)]);
    active = line && new Set(line);
    linked.clear();
    lines.forEach((e) => {
      const touched = line && e.ends.some((id) => (e.quiet ? focus : line).has(id));
      e.shown = e.ends.every((id) => visible.has(id)) && (!e.method || shownMethods.has(e.method)) && (!e.quiet || touched);
      if (e.shown && touched) e.ends.forEach((id) => [id, ...(boxes.get(id).kind === 'Recommendation' ? descendants(id) : [])].forEach((one) => active.add(one)));
      const near = touched || (!line && hovered && e.ends.includes(hovered));
      e.opacity = near ? 1 : line ? 0.07 : hovered ? 0.15 : e.method === 'inferred' ? 0.5 : 0.8;
      if (e.shown) [e.from, e.to].forEach((id) => linked.add(id));
    });
    update(nodes, [...boxes.values()], (b) => visible.has(b.id), (b) => ({ id: b.id, x: b.x, y: b.y }),
      (b) => ({ shape: 'custom', label: b.label, ctxRenderer: boxRenderer(b) }));
    update(nodes, ports, (p) => visible.has(p.port), (p) => ({ id: p.id, ...portAt(p) }),
      (p) => ({ shape: 'custom', label: ' ', ctxRenderer: portRenderer(p) }));
    update(edges, lines, (e) => e.shown, (e) => ({ id: e.id, color: { color: e.tint, opacity: e.opacity, inherit: false } }),
      (e) => ({ from: e.from, to: e.to, dashes: e.dashes, width: e.width, arrows: '' }));
    listeners.forEach((tell) => tell());
  }
  // what is shown for the first time is made then, so that a page of many opens at once
  function update(set, items, isShown, now, made) {
    set.update(items.filter((one) => isShown(one) || set.get(one.id)).map((one) => ({
      ...now(one), hidden: !isShown(one), ...(set.get(one.id) ? {} : made(one)) })));
  }
  function portAt(p) { const b = boxes.get(p.port); return { x: b.x + (p.side === 'l' ? -b.w : b.w) / 2, y: b.y }; }

  // frames round groups and the lines of the outline, under the boxes
  function ground(ctx) {
    Suyin.layout.blocks([...visible].map((id) => boxes.get(id)).sort((a, b) => a.order - b.order)).forEach((group) => {
      if (group.length < 2) return;
      const b = group[0], top = Math.min(...group.map((g) => g.y - g.h / 2)), bottom = Math.max(...group.map((g) => g.y + g.h / 2));
      Suyin.draw.frame(ctx, b.x - b.w / 2, top, b.w, bottom - top);
    });
    boxes.forEach((b) => {
      if (b.under && visible.has(b.id) && visible.has(b.under)) Suyin.draw.elbow(ctx, boxes.get(b.under), b, look(b.id).faded);
    });
  }
  network.on('beforeDrawing', ground);
  const columns = Suyin.columnsOf({ view, boxes, visible, stretched: () => factor, weight });
  network.on('afterDrawing', (ctx) => { if (view.isOverview()) columns.labels(ctx, look); else ticks(ctx); columns.titles(); });
  function ticks(ctx) { lines.forEach((e) => { if (e.judged && e.shown) Suyin.draw.judged(ctx, ...endsOf(e), e.opacity < 0.2 ? e.opacity : 1); }); }
  const portOf = new Map(ports.map((p) => [p.id, p]));
  function endsOf(e) { return [e.from, e.to].map((id) => portAt(portOf.get(id))); }
  // what is worth a label in the overview: what is chosen, then by rank, then by how much is linked to it
  function weight(b) { return (b.id === selected ? -2 : b.depth) - Math.min(neighbours.get(b.id).length, 99) / 100; }

  // --- selecting, and drawing what was held back ---------------------------------------------------------------
  function draw(ids) {
    ids.forEach((id) => [id, ...ancestors(id)].forEach((one) => { if (!drawn.has(one)) { drawn.add(one); asked.add(one); } }));
  }
  function select(id, { link = null, focus = false } = {}) {
    selected = id;
    if (id) {
      draw([id]);
      const kind = boxes.get(id).kind === 'Evidence' && boxes.get(id).under ? 'Problem' : boxes.get(id).kind;
      if (!shownTypes.has(kind)) show(kind, true);
    }
    refresh();
    Suyin.panel.show(id, { link, focus });
    view.resize();
    if (id) view.reveal(id);
  }
  // the neighbours that were held back; more than a picture holds only where it is said so
  function expand(id, { though = false } = {}) {
    const ids = missing(id);
    if (!ids.length && outside(id)) { fetchMore(id); return true; }
    if (!ids.length || (!though && tooMany(id))) return false;
    draw(ids);
    ids.forEach((one) => { if (boxes.get(one).kind !== 'Evidence' && !shownTypes.has(boxes.get(one).kind)) show(boxes.get(one).kind, true); });
    select(id);
    return true;
  }
  // the service draws the map anew with what is around the box, which stays chosen
  function fetchMore(id) { location.assign(`${page.beyond[id][1]}#n=${id}`); }
  const tooMany = (id) => { const count = drawn.size + missing(id).length; return count > page.most + 100 ? count : 0; };

  function show(type, on) {
    shownTypes[on ? 'add' : 'delete'](type);
    const button = document.querySelector(`[data-type="${type}"]`);
    if (button) button.setAttribute('aria-pressed', String(on));
    if (!on && selected && boxes.get(selected).kind === type) { select(null); return; }
    refresh();
    if (!view.isZoomed()) view.resize();
  }
  function showMethod(method, on) {
    shownMethods[on ? 'add' : 'delete'](method);
    document.querySelector(`[data-method="${method}"]`).setAttribute('aria-pressed', String(on));
    refresh();
  }

  // The first click of two opens the panel, and the box moves: the second is for it, wherever it falls.
  let clicked = { id: null, at: 0, x: 0, y: 0 };
  network.on('click', ({ nodes: [node], edges: [edge], pointer: { DOM: { x, y } } }) => {
    network.unselectAll();
    if (clicked.id && performance.now() - clicked.at < 400 && Math.hypot(x - clicked.x, y - clicked.y) < 8) return;
    clicked = { id: boxes.has(node) ? node : null, at: performance.now(), x, y };
    if (clicked.id) select(node);
    else if (edge) { const [from, to] = lines.find((e) => e.id === edge).ends; select(from, { link: to }); }
    else if (selected) select(null);
  });
  holder.addEventListener('dblclick', () => { if (clicked.id && clicked.id === selected) expand(selected); });
  const hover = (id) => { hovered = id; holder.style.setProperty('cursor', id ? 'pointer' : ''); refresh(); };
  network.on('hoverNode', ({ node }) => { if (boxes.has(node)) hover(node); });
  network.on('blurNode', () => hover(null));
  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const area = holder.getBoundingClientRect();
    if (event.ctrlKey) view.zoom(Math.exp(-event.deltaY / 400), { x: event.clientX - area.left, y: event.clientY - area.top });
    else if (event.shiftKey) view.pan(event.deltaY || event.deltaX, 0);
    else view.pan(event.deltaX, event.deltaY);
  }, { capture: true, passive: false });

  document.querySelectorAll('#legend [data-type]').forEach((button) => {
    const { type, color } = button.dataset;
    button.style.setProperty('--c', color);
    Suyin.draw.clip(button.querySelector('i'), type);
    button.addEventListener('click', () => show(type, !shownTypes.has(type)));
  });
  document.querySelectorAll('#legend [data-method]').forEach((button) => {
    button.addEventListener('click', () => showMethod(button.dataset.method, !shownMethods.has(button.dataset.method)));
  });
  document.getElementById('zoom-in').addEventListener('click', () => view.zoom(1.2));
  document.getElementById('zoom-out').addEventListener('click', () => view.zoom(1 / 1.2));
  document.getElementById('fit').addEventListener('click', view.fit);

  function start() {
    refresh();
    network.setSize(`${view.size().width}px`, `${view.size().height}px`);
    network.redraw();
    view.open();
    window.addEventListener('resize', view.resize);
  }
  return { network, boxes, lines, visible, drawn, asked, shownTypes, shownMethods, start, select, hover, expand, missing, outside, tooMany, show, showMethod,
    draw, refresh, ground, portAt, endsOf, stage: view, view: view.view, scale: () => network.getScale(), extent: view.extent,
    selected: () => selected, hovered: () => hovered, onChange: (tell) => listeners.push(tell) };
})();
