'use strict';
// What part of the map is in sight: zoom, pan, the whole map, one column on a narrow screen.
// left and top: the point of the map in the upper left corner of the stage, below the column's headings.
Suyin.viewOf = ({ network, holder, boxes, visible, crowded, stretch }) => {
  const { page } = Suyin.data;
  const OPENING = 12.6 / page.font, LEGIBLE = 11 / page.font, CROWDED = 9.5 / page.font, LEAST = 8 / page.font;
  const LARGEST = 2, SMALLEST = 0.25, HEAD = 46, MARGIN = 28, NARROW = 700;
  let zoomed = false, overview = false;

  const size = () => ({ width: holder.clientWidth, height: holder.clientHeight });
  const narrow = () => size().width < NARROW;
  function extent() {
    const seen = [...visible].map((id) => boxes.get(id));
    if (!seen.length) return { left: 0, right: 1, top: 0, bottom: 1 };
    return { left: Math.min(...seen.map((b) => b.x - b.w / 2)), right: Math.max(...seen.map((b) => b.x + b.w / 2)),
      top: Math.min(...seen.map((b) => b.y - b.h / 2)), bottom: Math.max(...seen.map((b) => b.y + b.h / 2)) };
  }
  function view() {
    const scale = network.getScale(), centre = network.getViewPosition(), { width, height } = size();
    return { scale, left: centre.x - width / 2 / scale, top: centre.y - height / 2 / scale };
  }
  function look_at({ scale, left, top }) {
    const { width, height } = size(), e = extent();
    if (!width || !height) return;                          // not to be seen: a frame that is hidden, paper
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

  // one column beside the edge of the screen, as wide as there is room
  function column(label) {
    const { x, w } = page.columns.find((c) => c.label === label);
    leaveOverview();
    const scale = narrow() ? Math.min((size().width - 20) / w, 1) : view().scale;
    look_at({ scale, left: x - (narrow() ? 10 : MARGIN) / scale, top: view().top });
  }
  function open() {
    zoomed = false;
    leaveOverview();
    if (narrow() && page.columns.some((c) => c.label === 'Problem')) column('Problem');
    const scale = narrow() ? view().scale : fitting(OPENING, 1.15);
    look_at({ scale, left: narrow() ? view().left : -1e6, top: -1e6 });
  }
  // All at once. Where words would be too small, boxes become bars that take the whole width, with as many
  // headlines on them as there is room for.
  function fit() {
    zoomed = false;
    leaveOverview();
    if (fitting(0, 1.15) < LEAST && !narrow()) {
      overview = true;
      const scale = fitting(0.02, LEAST);
      stretch((size().width - 2 * MARGIN) / scale / (extent().right - extent().left));
    }
    look_at({ scale: fitting(0.02, 1.15), left: -1e6, top: -1e6 });
  }
  function leaveOverview() {
    if (!overview) return;
    overview = false;
    stretch(1);
  }
  function zoom(factor, at) {
    const { width, height } = size(), point = at || { x: width / 2, y: height / 2 };
    if (overview && factor < 1) return;
    const v = view(), y = v.top + point.y / v.scale, part = (v.left + point.x / v.scale - extent().left) / (extent().right - extent().left);
    const scale = overview ? LEGIBLE : Math.min(Math.max(v.scale * factor, SMALLEST), LARGEST);
    leaveOverview();
    zoomed = true;
    const e = extent(), x = e.left + part * (e.right - e.left);
    look_at({ scale, left: x - point.x / scale, top: y - point.y / scale });
  }
  function pan(dx, dy) { const v = view(); look_at({ ...v, left: v.left + dx / v.scale, top: v.top + dy / v.scale }); }
  function reveal(id) {
    const v = view(), { width, height } = size(), b = boxes.get(id);
    const left = b.x - b.w / 2, right = b.x + b.w / 2, top = b.y - b.h / 2, bottom = b.y + b.h / 2;
    const into = (at, low, high, room, before) => {
      if (low - before / v.scale < at || high - low > room / v.scale) return low - before / v.scale;
      if (high + MARGIN / v.scale > at + room / v.scale) return high + (MARGIN - room) / v.scale;
      return at;
    };
    look_at({ ...v, left: into(v.left, left, right, width, narrow() ? 10 : MARGIN), top: into(v.top, top, bottom, height, HEAD) });
  }
  // the stage got another size: keep the place, and the whole width where that stays legible
  function resize() {
    const { width, height } = size();
    if (!width || !height) return;
    const v = view();
    network.setSize(`${width}px`, `${height}px`);
    network.redraw();
    if (overview) { fit(); return; }
    const scale = zoomed || narrow() ? v.scale : Math.max(Math.min(fitting(OPENING, 1.15), widthFits()), crowded() ? CROWDED : LEGIBLE);
    look_at({ scale, left: v.left, top: v.top });
  }
  // vis-network's own dragging and pinching
  network.on('dragEnd', () => look_at(view()));
  network.on('zoom', () => { zoomed = true; });
  return { view, look_at, extent, open, fit, leave: leaveOverview, zoom, pan, reveal, resize, column, narrow, size,
    isOverview: () => overview, isZoomed: () => zoomed, setZoomed: () => { zoomed = true; } };
};
