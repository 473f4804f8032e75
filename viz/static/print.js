'use strict';
// The map as SVG: one picture to keep, and sheets for paper, cut where no box is cut in two.
Suyin.picture = (() => {
  const { page } = Suyin.data, { map, draw } = Suyin;
  const PAD = 24, HEAD = 34;
  // the room on a sheet of A4 that lies on its side, in CSS pixels: 277 x 190 mm less the heading
  const SHEET = { width: 1046, height: 640, least: 900 };
  const sheets = document.getElementById('sheets');
  const seen = () => [...map.visible].map((id) => map.boxes.get(id));
  const top = (b) => b.y - b.h / 2, bottom = (b) => b.y + b.h / 2;

  function paint(ctx, boxes) {
    const on = new Set(boxes.map((b) => b.id));
    map.ground(ctx);
    map.lines.filter((e) => e.shown && e.ends.some((id) => on.has(id))).forEach((e) => {
      const [from, to] = map.endsOf(e);
      draw.curve(ctx, from, to, { ...e, opacity: e.method === 'inferred' ? 0.6 : 0.9 });
      if (e.judged) draw.judged(ctx, from, to, 1);
    });
    boxes.forEach((b) => draw.box(ctx, b, {}, map.missing(b.id).length + map.outside(b.id)));
  }
  function headings(ctx, y) {
    const extent = map.extent();
    page.columns.filter((c) => seen().some((b) => b.column === c.label)).forEach((c) => {
      ctx.globalAlpha = 1;
      ctx.font = `600 13px ${draw.FACE}`;
      ctx.fillStyle = '#56636e';
      ctx.fillText(c.title, Math.max(c.x, extent.left), y);
    });
  }
  function legend(ctx, left, y) {
    let x = left;
    ctx.globalAlpha = 1;
    document.querySelectorAll('#legend [data-type]').forEach((button) => {
      if (!map.shownTypes.has(button.dataset.type)) return;
      const words = button.textContent.trim();
      draw.shape(ctx, button.dataset.type, x, y - 5, 10, button.dataset.color);
      ctx.font = `400 12px ${draw.FACE}`;
      ctx.fillStyle = '#22303c';
      ctx.fillText(words, x + 15, y);
      x += 36 + [...words].reduce((sum, c) => sum + (c > '\u2e80' ? 12 : 7), 0);
    });
    [['explicit', []], ['inferred', [5, 5]]].filter(([method]) => map.shownMethods.has(method)).forEach(([method, dash]) => {
      draw.curve(ctx, { x, y }, { x: x + 28, y }, { tint: '#56636e', width: 2, opacity: 1, dashes: dash });
      ctx.fillText(page.words[method], x + 34, y);
      x += 44 + 12 * page.words[method].length;
    });
    if (document.querySelector('#legend .judged')) {
      draw.tick(ctx, x + 8, y);
      ctx.fillStyle = '#22303c';
      ctx.fillText(page.words.judged, x + 20, y);
    }
  }
  // The picture works without its overview's stretching: it has room.
  function whole() {
    map.stage.leave();
    return map.extent();
  }

  // one picture of all that is shown, with its title and legend: the text of an SVG file
  function svg() {
    const { left, right, top: high, bottom: low } = whole(), ctx = new Suyin.svg.Context(), up = high - HEAD - 66;
    const width = Math.max(right - left, 560) + 2 * PAD;
    const title = document.querySelector('h1').textContent, room = Math.floor((width - 2 * PAD) / 19);
    ctx.fillStyle = '#f7f7f4';
    ctx.moveTo(left - PAD, up - PAD);
    [[width, 0], [0, low - up + 2 * PAD], [-width, 0]].reduce(([x, y], [dx, dy]) => { ctx.lineTo(x + dx, y + dy); return [x + dx, y + dy]; }, [left - PAD, up - PAD]);
    ctx.fill();
    ctx.font = `600 19px ${draw.FACE}`;
    ctx.fillStyle = '#22303c';
    ctx.fillText(title.length > room ? `${title.slice(0, room - 1)}…` : title, left, up + 8);
    legend(ctx, left, up + 42);
    headings(ctx, high - 26);
    paint(ctx, seen());
    return ctx.document({ left: left - PAD, top: up - PAD, width, height: low - up + 2 * PAD });
  }

  // Where the sheets begin: each as far down as there is room, the next with the first box that was not whole.
  function cuts(high, low, room) {
    const starts = [high];
    for (let at = high; at + room < low;) {
      const crossing = seen().filter((b) => top(b) < at + room && bottom(b) > at + room);
      const next = Math.min(at + room, ...crossing.map(top).filter((y) => y > at));
      starts.push(next);
      at = next;
    }
    return starts;
  }
  function lay() {
    const { left, right, top: high, bottom: low } = whole(), width = Math.max(right - left + 2 * PAD, SHEET.least);
    const room = SHEET.height * width / SHEET.width - HEAD - 12;
    const starts = seen().length ? cuts(high, low, room) : [], done = new Set();
    sheets.replaceChildren(...starts.map((start, i) => {
      const ctx = new Suyin.svg.Context();
      const here = seen().filter((b) => !done.has(b.id) && bottom(b) <= start + room + 0.5);
      here.forEach((b) => done.add(b.id));
      paint(ctx, here);
      const drawing = parse(ctx.document({ left: left - PAD, top: start - 8, width, height: Math.min(room, low - start) + 12 }));
      const bar = new Suyin.svg.Context();
      headings(bar, 14);
      return sheet(i, starts.length, parse(bar.document({ left: left - PAD, top: 0, width, height: 26 })), drawing);
    }));
  }
  const parse = (text) => document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
  function sheet(i, count, bar, drawing) {
    const { el } = Suyin.panel, key = new Suyin.svg.Context();
    legend(key, 0, 10);
    const foot = el('p', 'page', `${document.getElementById('note').textContent} · ${i + 1} / ${count}`);
    const heading = el('h2', '', document.querySelector('h1').textContent);
    return el('section', 'sheet', heading, parse(key.document({ left: 0, top: 0, width: SHEET.width, height: 20 })), bar, drawing, foot);
  }

  window.addEventListener('beforeprint', () => { if (document.body.dataset.view !== 'table') lay(); });
  window.addEventListener('afterprint', () => sheets.replaceChildren());
  document.getElementById('print').addEventListener('click', () => window.print());
  document.getElementById('save').addEventListener('click', () => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob([svg()], { type: 'image/svg+xml' }));
    a.download = `${document.title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim().slice(0, 60) || 'map'}.svg`;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 10000);
  });
  return { svg, lay };
})();
