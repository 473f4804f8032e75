'use strict';
// How high each box stands. The outline first, row under row; beside it each group as near as it gets to the
// boxes that it is linked to. What is not visible takes no room, so rows close up when something is hidden.
Suyin.layout = (() => {
  const { gap: GAP, groupGap: GROUP_GAP, side: SIDE, columns } = Suyin.data.page;

  // Tops for a stack of blocks in this order, `gap` apart at least, each as near to its wish as possible: blocks
  // that would overlap share the mean of their wishes (pool adjacent violators). One without a wish (null)
  // follows the block before it. None begins above 0.
  function spread(heights, wishes, gap) {
    const offset = [0];
    heights.forEach((height, i) => offset.push(offset[i] + height + gap));
    const level = ([sum, count]) => sum / count, pools = [];
    heights.forEach((_, i) => {
      const before = pools.length ? level(pools[pools.length - 1]) : 0;
      pools.push([wishes[i] === null ? before : wishes[i] - offset[i], 1]);
      while (pools.length > 1 && level(pools[pools.length - 2]) > level(pools[pools.length - 1])) {
        const [sum, count] = pools.pop(), last = pools[pools.length - 1];
        last[0] += sum;
        last[1] += count;
      }
    });
    const levels = pools.flatMap((pool) => Array(pool[1]).fill(level(pool)));
    return levels.map((at, i) => Math.max(at, 0) + offset[i]);
  }

  // Rows in their order, cut where one is under nothing that is drawn.
  function blocks(rows) {
    const seen = new Set(), found = [];
    rows.forEach((b) => {
      if (!found.length || !seen.has(b.under)) found.push([]);
      found[found.length - 1].push(b);
      seen.add(b.id);
    });
    return found;
  }
  const height = (block) => block.reduce((sum, b) => sum + b.h + GAP, -GAP);
  const gapBetween = (one, other) => (one.length === 1 && other.length === 1 ? 2 * GAP : GROUP_GAP);
  function stack(block, top) {
    block.reduce((at, b) => { b.y = at + b.h / 2; return at + b.h + GAP; }, top);
  }

  // sets y (the middle) of all visible boxes
  function place(boxes, visible, lines) {
    const rows = (label) => [...visible].map((id) => boxes.get(id)).filter((b) => b.column === label).sort((a, b) => a.order - b.order);
    const outline = rows('Problem');
    let bottom = 0, before = [];
    blocks(outline).forEach((block) => {
      bottom += before.length ? gapBetween(before, block) : 0;
      stack(block, bottom);
      bottom += height(block);
      before = block;
    });
    const placed = new Map(outline.map((b) => [b.id, b])), partners = new Map();
    const link = (here, there) => placed.has(there) && partners.set(here, [...(partners.get(here) || []), placed.get(there).y]);
    lines.forEach(({ ends: [one, other] }) => { link(one, other); link(other, one); });
    columns.filter(({ label }) => label !== 'Problem').forEach(({ label }) => {
      const side = SIDE.includes(label);
      const groups = blocks(rows(label)).map((block) => {
        const ys = block.flatMap((b) => partners.get(b.id) || []);
        return { block, middle: ys.length && !side ? ys.reduce((sum, y) => sum + y, 0) / ys.length : null };
      });
      // the order of causes says nothing, so let the lines cross less
      if (label === 'RootCause') groups.sort((a, b) => (a.middle === null) - (b.middle === null) || a.middle - b.middle);
      const heights = groups.map(({ block }) => height(block));
      const gap = side ? GAP : groups.every(({ block }) => block.length === 1) ? 2 * GAP : GROUP_GAP;
      const tops = spread(heights, groups.map(({ middle }, i) => middle === null ? null : middle - heights[i] / 2), gap);
      groups.forEach(({ block }, i) => stack(block, tops[i]));
    });
  }
  return { place, blocks, spread };
})();
