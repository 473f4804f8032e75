'use strict';
// The columns: their headings, which lead to them, and in the overview as many labels as there is room for.
Suyin.columnsOf = ({ view, boxes, visible, stretched, weight }) => {
  const { columns } = Suyin.data.page, bar = document.getElementById('columns');
  const seen = () => [...visible].map((id) => boxes.get(id));

  const buttons = new Map(columns.map((column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = column.title;
    button.addEventListener('click', () => view.column(column.label));
    bar.append(button);
    return [column, button];
  }));
  function titles() {
    const v = view.view(), middle = v.left + view.size().width / 2 / v.scale, used = new Set(seen().map((b) => b.column));
    const distance = (c) => Math.abs((c.x + c.w / 2) * stretched() - middle);
    const near = columns.filter((c) => used.has(c.label)).reduce((best, c) => (best && distance(best) <= distance(c) ? best : c), null);
    buttons.forEach((button, column) => {
      button.style.setProperty('left', `${(column.x * stretched() - v.left) * v.scale}px`);
      button.hidden = !used.has(column.label);
      button.setAttribute('aria-current', String(column === near));
    });
  }

  // one line of 12 pixels on the screen each, none over another
  function labels(ctx, look) {
    const size = 12 / view.view().scale, taken = new Map();
    seen().sort((a, b) => weight(a) - weight(b)).forEach((b) => {
      const rows = taken.get(b.column) || [];
      if (rows.some((y) => Math.abs(y - b.y) < 1.35 * size)) return;
      taken.set(b.column, [...rows, b.y]);
      Suyin.draw.label(ctx, b, look(b.id), size);
    });
  }
  return { titles, labels };
};
