// Suggestions below every field of search: a combobox with a list, as ARIA's patterns have it. Without scripts
// the form is sent as it is. What is typed in an input method is left alone until it has been composed.
const WAIT = 140;

class Suggestions {
  constructor(place, number) {
    this.input = place.querySelector("input");
    this.list = document.createElement("div");
    this.list.className = "offers";
    this.list.id = `offers-${number}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.getAttribute("aria-label"));
    this.list.hidden = true;
    place.append(this.list);
    const on = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(on)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());   // the field keeps the focus
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.input.value.trim();
    this.asked?.abort();
    if (!words) { this.close(); return; }
    this.asked = new AbortController();
    try {
      const answer = await fetch(`/browse/suggest?q=${encodeURIComponent(words.slice(0, 1000))}`,
        { signal: this.asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) { this.close(); return; }
      this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(html) {
    if (document.activeElement !== this.input) return;
    this.list.innerHTML = html;                             // the server has escaped all that reports say
    for (const one of this.list.querySelectorAll("[id]")) one.id = `${this.list.id}-${one.id}`;
    for (const one of this.list.querySelectorAll("[aria-labelledby]")) {
      one.setAttribute("aria-labelledby", `${this.list.id}-${one.getAttribute("aria-labelledby")}`);
    }
    this.choose(-1);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    const options = this.options();
    this.at = index;
    options.forEach((one, i) => one.setAttribute("aria-selected", String(i === index)));
    if (index < 0) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  options() { return [...this.list.querySelectorAll("[role=option]")]; }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;  // a key of the input method
    const many = this.options().length;
    if (this.list.hidden || !many) {
      if (event.key === "ArrowDown") this.ask();
      else if (event.key === "Escape") this.close();
      return;
    }
    const moves = { ArrowDown: this.at + 1 >= many ? -1 : this.at + 1, ArrowUp: this.at < 0 ? many - 1 : this.at - 1 };
    if (event.key in moves) this.choose(moves[event.key]);
    else if (event.key === "Enter" && this.at >= 0) this.options()[this.at].click();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}

document.querySelectorAll(".suggests").forEach((place, number) => new Suggestions(place, number));

// "/" leads to the field of search, as on maps: that of the page before that of its head
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  (document.querySelector("main .suggests input[type=search]") ?? document.querySelector(".find input[type=search]"))?.focus();
  event.preventDefault();
});
