'use strict';
// The network, what of it is shown, and the view. Everything else asks Suyin.map.
Suyin.map = (() => {
  const { nodes: rawNodes, edges: rawEdges, options, page } = Suyin.data;
  const OPENING = 12.6 / page.font, LEGIBLE = 11 / page.font, CROWDED = 9.5 / page.font, LARGEST = 2, SMALLEST = 0.25, HEAD = 46, MARGIN = 28;
  const stage = document.getElementById('stage'), holder = document.getElementById('network');
  const boxes = new Map(rawNodes.filter((n) => !n.port).map((n) => [n.id, { ...n, base: n.y }]));
  const ports = rawNodes.filter((n) => n.port);
  const below = new Map([...boxes.keys()].map((id) => [id, []]));
  boxes.forEach((b) => b.under && below.get(b.under).push(b.id));
  const lines = rawEdges.map((e) => ({ ...e, tint: e.color }));
  const shownTypes = new Set(page.open), shownMethods = new Set(['explicit', 'inferred']);
  const visible = new Set(), linked = new Set();
  let selected = null, hovered = null, active = null, zoomed = false;

  const descendants = (id) => below.get(id).flatMap((child) => [child, ...descendants(child)]);
  const ancestors = (id) => { const up = boxes.get(id).under; return up ? [up, ...ancestors(up)] : []; };
  const look = (id) => ({ faded: active !== null && !active.has(id), chosen: id === selected,
    lead: ['Problem', 'Recommendation'].includes(boxes.get(id).kind) && boxes.get(id).depth === 0 });

  const nodes = new vis.DataSet(rawNodes.map((n) => ({
    ...n, ctxRenderer: n.port ? Suyin.draw.port(boxes.get(n.port).color, () => ({ ...look(n.port), linked: linked.has(n.id) })) : Suyin.draw.box(n, n.color, look),
  })));
  const edges = new vis.DataSet(lines.map((e) => ({ ...e, color: { color: e.tint, inherit: false } })));
  const network = new vis.Network(holder, { nodes, edges }, options);

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
    const pushes = [...open].map((owner) => {
      const rows = below.get(owner).map((id) => boxes.get(id)).filter((b) => b.kind === 'Evidence');
      return { after: Math.max(...rows.map((b) => b.order)), by: rows.reduce((sum, b) => sum + b.h + page.gap, 0) };
    });
    visible.clear();
    boxes.forEach((b) => {
      b.y = b.base;
      if (b.order) pushes.forEach((push) => { if (push.after < b.order) b.y += push.by; });
      const opened = b.kind === 'Evidence' && b.under;
      if (opened ? open.has(b.under) && shownTypes.has('Problem') : shownTypes.has(b.kind)) visible.add(b.id);
    });
  }

  function refresh() {
    place();
    const focus = selected ? new Set([selected, ...descendants(selected)]) : null;
    const line = focus && new Set([...focus, ...ancestors(selected)]);
    active = line && new Set(line);
    const updates = lines.map((e) => {
      const ends = e.ends.every((id) => visible.has(id));
      const touched = line && e.ends.some((id) => (e.quiet ? focus : line).has(id));
      const shown = ends && (!e.method || shownMethods.has(e.method)) && (!e.quiet || touched);
      if (shown && touched) e.ends.forEach((id) => [id, ...(boxes.get(id).kind === 'Recommendation' ? descendants(id) : [])].forEach((one) => active.add(one)));
      const near = touched || (!line && hovered && e.ends.includes(hovered));
      const opacity = near ? 1 : line ? 0.07 : hovered ? 0.15 : e.method === 'inferred' ? 0.5 : 0.8;
      e.shown = shown;
      return { id: e.id, hidden: !shown, color: { color: e.tint, opacity, inherit: false } };
    });
    linked.clear();
    lines.forEach((e) => e.shown && [e.from, e.to].forEach((id) => linked.add(id)));
    nodes.update([...boxes.values()].map((b) => ({ id: b.id, y: b.y, hidden: !visible.has(b.id) }))
      .concat(ports.map((p) => ({ id: p.id, y: boxes.get(p.port).y, hidden: !visible.has(p.port) }))));
    edges.update(updates);
  }

  network.on('beforeDrawing', (ctx) => {
    boxes.forEach((b) => {
      if (b.depth || !visible.has(b.id)) return;
      const group = [b.id, ...descendants(b.id)].filter((id) => visible.has(id)).map((id) => boxes.get(id));
      if (group.length < 2) return;
      const top = Math.min(...group.map((g) => g.y - g.h / 2)), bottom = Math.max(...group.map((g) => g.y + g.h / 2));
      Suyin.draw.frame(ctx, b.x - b.w / 2, top, b.w, bottom - top);
    });
    boxes.forEach((b) => {
      if (!b.under || !visible.has(b.id) || !visible.has(b.under)) return;
      Suyin.draw.elbow(ctx, boxes.get(b.under), b, b.color, { dashed: b.dashed, faded: look(b.id).faded });
    });
  });

  // --- the view --------------------------------------------------------------------------------------------
  function extent() {
    const seen = [...boxes.values()].filter((b) => visible.has(b.id));
    if (!seen.length) return { left: 0, right: 1, top: 0, bottom: 1 };
    return { left: Math.min(...seen.map((b) => b.x - b.w / 2)), right: Math.max(...seen.map((b) => b.x + b.w / 2)),
      top: Math.min(...seen.map((b) => b.y - b.h / 2)), bottom: Math.max(...seen.map((b) => b.y + b.h / 2)) };
  }
  const size = () => ({ width: holder.clientWidth, height: holder.clientHeight });

  // left and top: the point of the map in the upper left corner of the stage
  function view() {
    const scale = network.getScale(), centre = network.getViewPosition(), { width, height } = size();
    return { scale, left: centre.x - width / 2 / scale, top: centre.y - height / 2 / scale };
  }
  function look_at({ scale, left, top }) {
    const { width, height } = size(), e = extent();
    // no way to scroll the map out of sight
    const within = (at, low, high, room, margin) => {
      const from = low - margin / scale, to = high + Math.min(margin, MARGIN) / scale - room / scale;
      return to <= from ? (margin === HEAD ? from : (from + to) / 2) : Math.min(Math.max(at, from), to);
    };
    const side = Math.min(Math.max((width - (e.right - e.left) * scale) / 2, 10), MARGIN);
    const x = within(left, e.left, e.right, width, side), y = within(top, e.top, e.bottom, height, HEAD);
    network.moveTo({ scale, position: { x: x + width / 2 / scale, y: y + height / 2 / scale }, animation: false });
  }
  function fitting(least, most) {
    const { width, height } = size(), e = extent();
    const both = Math.min((width - 2 * MARGIN) / (e.right - e.left), (height - HEAD - MARGIN) / (e.bottom - e.top));
    return Math.max(Math.min(both, most), least);
  }
  const widthFits = () => (size().width - 2 * MARGIN) / (extent().right - extent().left);

  function open() { look_at({ scale: fitting(OPENING, 1.15), left: -1e6, top: -1e6 }); }
  function fit() { zoomed = false; look_at({ scale: fitting(SMALLEST, 1.15), left: -1e6, top: -1e6 }); }
  function zoom(factor, at) {
    const v = view(), { width, height } = size(), point = at || { x: width / 2, y: height / 2 };
    const scale = Math.min(Math.max(v.scale * factor, SMALLEST), LARGEST);
    zoomed = true;
    look_at({ scale, left: v.left + point.x / v.scale - point.x / scale, top: v.top + point.y / v.scale - point.y / scale });
  }
  function pan(dx, dy) { const v = view(); look_at({ ...v, left: v.left + dx / v.scale, top: v.top + dy / v.scale }); }

  function reveal(id) {
    const v = view(), { width, height } = size(), b = boxes.get(id);
    const left = b.x - b.w / 2, right = b.x + b.w / 2, top = b.y - b.h / 2, bottom = b.y + b.h / 2;
    const into = (at, low, high, room, before) => {
      if (low - before / v.scale < at) return low - before / v.scale;
      if (high + MARGIN / v.scale > at + room / v.scale) return high + (MARGIN - room) / v.scale;
      return at;
    };
    look_at({ ...v, left: into(v.left, left, right, width, MARGIN), top: into(v.top, top, bottom, height, HEAD) });
  }

  // the stage got another size: keep the place, and the whole width where that stays legible
  function resize() {
    const v = view(), { width, height } = size();
    network.setSize(`${width}px`, `${height}px`);
    network.redraw();
    const least = shownTypes.has('Unit') || shownTypes.has('Policy') ? CROWDED : LEGIBLE;
    const scale = zoomed ? v.scale : Math.max(Math.min(fitting(OPENING, 1.15), widthFits()), least);
    look_at({ scale, left: v.left, top: v.top });
  }

  holder.addEventListener('wheel', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const area = holder.getBoundingClientRect();
    if (event.ctrlKey) zoom(Math.exp(-event.deltaY / 400), { x: event.clientX - area.left, y: event.clientY - area.top });
    else if (event.shiftKey) pan(event.deltaY || event.deltaX, 0);
    else pan(event.deltaX, event.deltaY);
  }, { capture: true, passive: false });
  network.on('dragEnd', () => look_at(view()));

  const titles = new Map(page.columns.map((column) => {
    const span = document.createElement('span');
    span.textContent = column.title;
    document.getElementById('columns').append(span);
    return [column, span];
  }));
  network.on('afterDrawing', () => {
    const v = view();
    titles.forEach((span, column) => {
      span.style.left = `${(column.x - v.left) * v.scale}px`;
      span.hidden = ![...visible].some((id) => boxes.get(id).column === column.label);
    });
  });

  // --- selecting -------------------------------------------------------------------------------------------
  function select(id, { link = null, focus = false } = {}) {
    selected = id;
    if (id) {
      const kind = boxes.get(id).kind === 'Evidence' && boxes.get(id).under ? 'Problem' : boxes.get(id).kind;
      if (!shownTypes.has(kind)) show(kind, true);
    }
    refresh();
    Suyin.panel.show(id, { link, focus });
    if (id) { resize(); reveal(id); } else resize();
  }
  function show(type, on) {
    shownTypes[on ? 'add' : 'delete'](type);
    document.querySelector(`[data-type="${type}"]`).setAttribute('aria-pressed', String(on));
    if (!on && selected && boxes.get(selected).kind === type) { select(null); return; }
    refresh();
    if (!zoomed) resize();
  }
  function showMethod(method, on) {
    shownMethods[on ? 'add' : 'delete'](method);
    refresh();
  }

  network.on('click', ({ nodes: [node], edges: [edge] }) => {
    network.unselectAll();
    if (node && boxes.has(node)) select(node);
    else if (edge) { const [from, to] = lines.find((e) => e.id === edge).ends; select(from, { link: to }); }
    else if (selected) select(null);
  });
  network.on('hoverNode', ({ node }) => { if (boxes.has(node)) { hovered = node; holder.style.cursor = 'pointer'; refresh(); } });
  network.on('blurNode', () => { hovered = null; holder.style.cursor = ''; refresh(); });

  // --- keys ------------------------------------------------------------------------------------------------
  // while an input method composes, its keys are its own and reach none of ours (229: Safari, when it ends)
  window.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
  }, true);
  const centre = (b) => b.y;
  function step(key) {
    const seen = [...visible].map((id) => boxes.get(id)).sort((a, b) => a.x - a.w / 2 - (b.x - b.w / 2) || a.y - b.y);
    if (!selected) return (seen.find((b) => b.kind === 'Problem') || seen[0] || {}).id;
    const here = boxes.get(selected), column = seen.filter((b) => b.column === here.column).sort((a, b) => a.y - b.y);
    const at = column.indexOf(here);
    if (key === 'ArrowUp' || key === 'ArrowDown') return (column[at + (key === 'ArrowUp' ? -1 : 1)] || here).id;
    const order = page.columns.map((c) => c.label).filter((label) => seen.some((b) => b.column === label));
    const label = order[order.indexOf(here.column) + (key === 'ArrowLeft' ? -1 : 1)];
    const next = seen.filter((b) => b.column === label);
    const joined = next.filter((b) => lines.some((e) => e.shown && e.ends.includes(b.id) && e.ends.includes(here.id)));
    const nearest = (a, b) => Math.abs(centre(a) - centre(here)) - Math.abs(centre(b) - centre(here));
    return ((joined.length ? joined : next).sort(nearest)[0] || here).id;
  }
  stage.addEventListener('keydown', (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith('Arrow')) { const id = step(event.key); if (id) select(id); }
    else if (event.key === 'Enter' && selected) Suyin.panel.focus();
    else if (event.key === '+' || event.key === '=') zoom(1.2);
    else if (event.key === '-') zoom(1 / 1.2);
    else if (event.key === '0') fit();
    else if (event.key === 'PageDown' || event.key === 'PageUp') pan(0, (event.key === 'PageUp' ? -0.8 : 0.8) * size().height);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && selected) { select(null); stage.focus(); }
  });

  document.querySelectorAll('#legend [data-type]').forEach((button) => {
    button.style.setProperty('--c', button.dataset.color);
    button.addEventListener('click', () => show(button.dataset.type, button.getAttribute('aria-pressed') !== 'true'));
  });
  document.querySelectorAll('#legend [data-method]').forEach((button) => button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    showMethod(button.dataset.method, on);
  }));
  document.getElementById('zoom-in').addEventListener('click', () => zoom(1.2));
  document.getElementById('zoom-out').addEventListener('click', () => zoom(1 / 1.2));
  document.getElementById('fit').addEventListener('click', fit);

  function start() {
    refresh();
    network.setSize(`${size().width}px`, `${size().height}px`);
    network.redraw();
    open();
    window.addEventListener('resize', resize);
    document.body.dataset.ready = 'yes';
  }
  return { network, boxes, lines, visible, start, select, view, scale: () => network.getScale(), extent };
})();
