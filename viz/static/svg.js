'use strict';
// A drawing context that writes SVG: the part of a canvas' interface that draw.js uses.
Suyin.svg = (() => {
  const round = (n) => Math.round(n * 100) / 100;
  // no control character and no half of a pair may stand in XML
  const allowed = (char) => {
    const code = char.codePointAt(0);
    return code > 31 ? !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code);
  };
  const text = (words) => [...words].filter(allowed).join('')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

  class Context {
    constructor() {
      this.parts = [];
      this.stack = [];
      this.d = '';
      Object.assign(this, { fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, globalAlpha: 1, font: '', textAlign: 'left', dash: [] });
    }
    save() { const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, dash } = this; this.stack.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, dash }); }
    restore() { Object.assign(this, this.stack.pop()); }
    setLineDash(dash) { this.dash = dash; }
    beginPath() { this.d = ''; }
    path(letter, ...numbers) { this.d += letter + numbers.map(round).join(' '); }
    moveTo(...at) { this.path('M', ...at); }
    lineTo(...at) { this.path('L', ...at); }
    quadraticCurveTo(...at) { this.path('Q', ...at); }
    bezierCurveTo(...at) { this.path('C', ...at); }
    closePath() { this.d += 'Z'; }
    arc(x, y, r) { this.d += `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`; }
    alpha() { return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : ''; }
    fill() { this.parts.push(`<path d="${this.d}" fill="${this.fillStyle}"${this.alpha()}/>`); }
    stroke() {
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
      this.parts.push(`<path d="${this.d}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${dash}${this.alpha()}/>`);
    }
    fillText(words, x, y) {
      const [, weight, size, face] = this.font.match(/^(?:(\d+) )?([\d.]+)px (.*)$/);
      const anchor = this.textAlign === 'center' ? ' text-anchor="middle"' : '';
      this.parts.push(`<text x="${round(x)}" y="${round(y + 0.35 * size)}" font-size="${size}" font-weight="${weight || 400}" `
        + `font-family="${text(face)}" fill="${this.fillStyle}"${anchor}${this.alpha()}>${text(words)}</text>`);
    }
    // the picture from left, top: a whole document
    document({ left, top, width, height }) {
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(round).join(' ')}" `
        + `width="${round(width)}" height="${round(height)}">${this.parts.join('\n')}</svg>`;
    }
  }
  return { Context };
})();
