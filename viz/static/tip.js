'use strict';
// What a box has no room to say, where the mouse rests on it. It goes with the mouse, and with any key or move.
(() => {
  const { boxes, hovered, stage: view } = Suyin.map;
  const tip = document.getElementById('tip');
  let timer = 0, of = null;
  function hide() { clearTimeout(timer); tip.hidden = true; }
  function show(b) {
    const v = view.view(), { width, height } = view.size();
    tip.textContent = b.caption.length > 600 ? `${b.caption.slice(0, 600)}…` : b.caption;
    tip.hidden = false;
    const left = (b.x - b.w / 2 - v.left) * v.scale, below = (b.y + b.h / 2 - v.top) * v.scale + 6;
    const over = (b.y - b.h / 2 - v.top) * v.scale - 6 - tip.offsetHeight;
    tip.style.setProperty('left', `${Math.max(8, Math.min(left, width - tip.offsetWidth - 8))}px`);
    tip.style.setProperty('top', `${below + tip.offsetHeight < height || over < 0 ? below : over}px`);
  }
  Suyin.map.onChange(() => {
    const b = boxes.get(hovered());
    if (b === of) return;
    of = b;
    hide();
    if (b && (!b.whole || view.isOverview()) && Suyin.map.selected() !== b.id) timer = setTimeout(() => show(b), 350);
  });
  ['wheel', 'pointerdown', 'keydown', 'blur'].forEach((type) => window.addEventListener(type, hide, true));
  document.getElementById('network').addEventListener('mouseleave', hide);
})();
