'use strict';
// How boxes, group frames and the lines of the outline look. Everything is drawn on vis-network's own canvas.
const Suyin = { data: JSON.parse(document.getElementById('map-data').textContent) };

Suyin.draw = (() => {
  const { font: SIZE, line: LINE, pad: [PAD_X, PAD_Y] } = Suyin.data.page;
  const FACE = getComputedStyle(document.documentElement).fontFamily;
  const INK = '#22303c';

  // a colour mixed with white: part 0 is white, 1 the colour itself
  function tint(hex, part) {
    const mix = (at) => Math.round(255 + (parseInt(hex.slice(at, at + 2), 16) - 255) * part);
    return `rgb(${mix(1)},${mix(3)},${mix(5)})`;
  }

  function rounded(ctx, x, y, width, height, radius) {
    ctx.beginPath();
    ctx.moveTo(x + radius, y);
    ctx.arcTo(x + width, y, x + width, y + height, radius);
    ctx.arcTo(x + width, y + height, x, y + height, radius);
    ctx.arcTo(x, y + height, x, y, radius);
    ctx.arcTo(x, y, x + width, y, radius);
    ctx.closePath();
  }

  // `look(id)` tells how a box stands now: {faded, chosen, lead}
  function box(node, color, look) {
    const lines = node.label.split('\n');
    return ({ ctx, x, y, state }) => ({
      drawNode() {
        const { faded, chosen, lead } = look(node.id);
        const left = x - node.w / 2, top = y - node.h / 2;
        ctx.globalAlpha = faded ? 0.34 : 1;
        rounded(ctx, left, top, node.w, node.h, 5);
        ctx.fillStyle = lead ? tint(color, 0.13) : node.kind === 'Evidence' ? '#f1f3f3' : '#fff';
        if (chosen) { ctx.shadowColor = tint(color, 0.6); ctx.shadowBlur = 10; }
        ctx.fill();
        ctx.shadowColor = 'transparent';
        ctx.lineWidth = chosen ? 2 : 1;
        ctx.strokeStyle = chosen || state.hover ? color : tint(color, 0.32);
        ctx.stroke();
        ctx.save();
        rounded(ctx, left, top, node.w, node.h, 5);
        ctx.clip();
        ctx.fillStyle = color;
        ctx.fillRect(left, top, 4, node.h);
        ctx.restore();
        ctx.textAlign = 'left';
        ctx.textBaseline = 'middle';
        const first = top + PAD_Y + LINE / 2 + 0.5;
        ctx.font = `600 ${SIZE}px ${FACE}`;
        ctx.fillStyle = color;
        if (node.number) ctx.fillText(node.number, left + PAD_X, first);
        ctx.font = `${lead ? 600 : 400} ${SIZE}px ${FACE}`;
        ctx.fillStyle = node.kind === 'Evidence' ? '#4c5863' : INK;
        lines.forEach((text, i) => ctx.fillText(text, left + PAD_X + node.gutter, first + i * LINE));
      },
      nodeDimensions: { width: node.w, height: node.h },
    });
  }

  // where a line meets a box: a dot that nothing can click
  function port(color, look) {
    return ({ ctx, x, y }) => ({
      drawNode() {
        const { faded, linked } = look();
        if (!linked) return;
        ctx.globalAlpha = faded ? 0.15 : 1;
        ctx.beginPath();
        ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
        ctx.fillStyle = color;
        ctx.fill();
      },
      nodeDimensions: { width: 0, height: 0 },
    });
  }

  // from the lower left of a problem down and across to what stands under it
  function elbow(ctx, parent, child, color, { dashed, faded }) {
    const x = parent.x - parent.w / 2 + 9;
    ctx.save();
    ctx.globalAlpha = faded ? 0.25 : 1;
    ctx.beginPath();
    ctx.moveTo(x, parent.y + parent.h / 2);
    ctx.lineTo(x, child.y);
    ctx.lineTo(child.x - child.w / 2, child.y);
    ctx.strokeStyle = tint(color, 0.4);
    ctx.lineWidth = 1.2;
    if (dashed) ctx.setLineDash([4, 4]);
    ctx.stroke();
    ctx.restore();
  }

  function frame(ctx, left, top, width, height) {
    rounded(ctx, left - 8, top - 8, width + 16, height + 16, 9);
    ctx.fillStyle = 'rgba(255,255,255,.75)';
    ctx.fill();
    ctx.strokeStyle = '#e6e9eb';
    ctx.lineWidth = 1;
    ctx.stroke();
  }

  return { box, port, elbow, frame };
})();
