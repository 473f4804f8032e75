'use strict';
// How boxes, group frames and lines look. `ctx` is vis-network's canvas, or what writes SVG (svg.js).
const Suyin = { data: JSON.parse(document.getElementById('map-data').textContent) };

Suyin.draw = (() => {
  const { font: SIZE, line: LINE, pad: [PAD_X, PAD_Y], mark: MARK, shapes } = Suyin.data.page;
  const FACE = getComputedStyle(document.documentElement).fontFamily;
  const INK = '#22303c', GREY = '#4c5863', JUDGED = '#0b2a4a';
  const LEADS = ['Problem', 'Recommendation', 'Report'];

  // a colour mixed with white: part 0 is white, 1 the colour itself
  function tint(hex, part) {
    const mix = (at) => Math.round(255 + (parseInt(hex.slice(at, at + 2), 16) - 255) * part);
    return `rgb(${mix(1)},${mix(3)},${mix(5)})`;
  }

  function rounded(ctx, x, y, width, height, radius) {
    const right = x + width, bottom = y + height;
    ctx.beginPath();
    ctx.moveTo(x + radius, y);
    ctx.lineTo(right - radius, y);
    ctx.quadraticCurveTo(right, y, right, y + radius);
    ctx.lineTo(right, bottom - radius);
    ctx.quadraticCurveTo(right, bottom, right - radius, bottom);
    ctx.lineTo(x + radius, bottom);
    ctx.quadraticCurveTo(x, bottom, x, bottom - radius);
    ctx.lineTo(x, y + radius);
    ctx.quadraticCurveTo(x, y, x + radius, y);
    ctx.closePath();
  }

  // the sign of a kind, in a square of `size` at x, y
  function shape(ctx, kind, x, y, size, color) {
    ctx.beginPath();
    shapes[kind].forEach(([right, down], i) => ctx[i ? 'lineTo' : 'moveTo'](x + right * size / 100, y + down * size / 100));
    ctx.closePath();
    ctx.fillStyle = color;
    ctx.fill();
  }

  // the same for an element of the page
  function clip(element, kind) {
    element.style.setProperty('clip-path', `polygon(${shapes[kind].map(([x, y]) => `${x}% ${y}%`).join(',')})`);
    return element;
  }

  // `look` tells how a box stands now: {faded, chosen, hover}; `more`: neighbours that are not drawn
  function box(ctx, b, { faded, chosen, hover }, more = 0) {
    const left = b.x - b.w / 2, top = b.y - b.h / 2, first = top + PAD_Y + LINE / 2 + 0.5;
    const lead = b.depth === 0 && LEADS.includes(b.kind), pale = b.kind === 'Evidence';
    ctx.globalAlpha = faded ? 0.34 : 1;
    rounded(ctx, left, top, b.w, b.h, 5);
    ctx.fillStyle = lead ? tint(b.color, 0.12) : pale ? '#f1f3f3' : '#fff';
    ctx.fill();
    ctx.lineWidth = chosen ? 2.5 : 1;
    ctx.strokeStyle = chosen || hover ? b.color : tint(b.color, 0.4);
    ctx.stroke();
    shape(ctx, b.kind, left + 8, first - 5.5, 11, b.color);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.font = `600 ${SIZE}px ${FACE}`;
    ctx.fillStyle = b.color;
    if (b.number) ctx.fillText(b.number, left + PAD_X + MARK, first);
    ctx.font = `${lead ? 600 : 400} ${SIZE}px ${FACE}`;
    ctx.fillStyle = pale ? GREY : INK;
    b.label.split('\n').forEach((text, i) => ctx.fillText(text, left + PAD_X + MARK + b.gutter, first + i * LINE));
    if (b.judged) tick(ctx, left + b.w - 12, top);
    if (more) plus(ctx, `+${more}`, left + b.w, top + b.h, b.color);
  }

  // what somebody has judged: a tick in a ring
  function tick(ctx, x, y) {
    ctx.beginPath();
    ctx.arc(x, y, 6, 0, 2 * Math.PI);
    ctx.fillStyle = '#fff';
    ctx.fill();
    ctx.strokeStyle = JUDGED;
    ctx.lineWidth = 1.3;
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 2.8, y + 0.2);
    ctx.lineTo(x - 0.8, y + 2.4);
    ctx.lineTo(x + 3, y - 2.4);
    ctx.lineWidth = 1.7;
    ctx.stroke();
  }
  // the same in the middle of a line
  function judged(ctx, from, to, opacity) {
    ctx.globalAlpha = opacity;
    tick(ctx, (from.x + to.x) / 2, (from.y + to.y) / 2);
    ctx.globalAlpha = 1;
  }

  function plus(ctx, text, right, bottom, color) {
    const width = 8 + 7 * text.length;
    rounded(ctx, right - width - 4, bottom - 8, width, 15, 7);
    ctx.fillStyle = color;
    ctx.fill();
    ctx.font = `600 10px ${FACE}`;
    ctx.fillStyle = '#fff';
    ctx.textAlign = 'center';
    ctx.fillText(text, right - width / 2 - 4, bottom);
    ctx.textAlign = 'left';
  }

  // a box in the overview, too small for words: a bar; `label` has the size of one line on the screen
  function bar(ctx, b, { faded, chosen, hover }) {
    ctx.globalAlpha = faded ? 0.25 : 1;
    ctx.fillStyle = tint(b.color, chosen || hover ? 1 : 0.34);
    ctx.fillRect(b.x - b.w / 2, b.y - b.h / 2, b.w, b.h);
  }
  function label(ctx, b, { faded }, size) {
    const left = b.x - b.w / 2, words = `${b.number} ${b.caption}`.trim(), room = Math.floor(b.w / size) - 2;
    ctx.globalAlpha = faded ? 0.5 : 1;
    rounded(ctx, left, b.y - 0.62 * size, b.w, 1.24 * size, 0.3 * size);
    ctx.fillStyle = '#fff';
    ctx.fill();
    ctx.strokeStyle = tint(b.color, 0.4);
    ctx.lineWidth = 0.08 * size;
    ctx.stroke();
    shape(ctx, b.kind, left + 0.4 * size, b.y - 0.35 * size, 0.7 * size, b.color);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.font = `${size}px ${FACE}`;
    ctx.fillStyle = INK;
    ctx.fillText(words.length > room ? `${words.slice(0, room - 1)}…` : words, left + 1.4 * size, b.y);
  }

  // where a line meets a box: a dot that nothing can click
  function dot(ctx, x, y, color, faded) {
    ctx.globalAlpha = faded ? 0.15 : 1;
    ctx.beginPath();
    ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
    ctx.fillStyle = color;
    ctx.fill();
  }

  // from the lower left of a problem down and across to what stands under it
  function elbow(ctx, parent, child, faded) {
    const x = parent.x - parent.w / 2 + 9;
    ctx.save();
    ctx.globalAlpha = faded ? 0.25 : 1;
    ctx.beginPath();
    ctx.moveTo(x, parent.y + parent.h / 2);
    ctx.lineTo(x, child.y);
    ctx.lineTo(child.x - child.w / 2, child.y);
    ctx.strokeStyle = tint(child.color, 0.45);
    ctx.lineWidth = 1.2;
    if (child.dashed) ctx.setLineDash([4, 4]);
    ctx.stroke();
    ctx.restore();
  }

  function frame(ctx, left, top, width, height) {
    rounded(ctx, left - 8, top - 8, width + 16, height + 16, 9);
    ctx.fillStyle = 'rgba(255,255,255,.75)';
    ctx.fill();
    ctx.strokeStyle = '#e0e4e7';
    ctx.lineWidth = 1;
    ctx.stroke();
  }

  // a line between the sides of two boxes, as vis-network draws it
  function curve(ctx, from, to, line) {
    const middle = (from.x + to.x) / 2;
    ctx.save();
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
    ctx.strokeStyle = line.tint;
    ctx.lineWidth = line.width;
    ctx.globalAlpha = line.opacity;
    if (line.dashes) ctx.setLineDash(line.dashes);
    ctx.stroke();
    ctx.restore();
  }

  return { box, bar, label, dot, elbow, frame, curve, tick, judged, shape, clip, FACE };
})();
