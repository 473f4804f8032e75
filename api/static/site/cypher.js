// The editor of free Cypher. Without this script the form is sent and the page comes back with its answer.
const form = document.getElementById("ask"), text = document.getElementById("query");
const lines = form.querySelector(".lines"), stop = document.getElementById("stop");
const answer = document.getElementById("answer"), history = document.getElementById("history");
const KEY = "suyin.cypher", MOST = 30;
let running = null;

const count = () => {
  const needed = text.value.split("\n").length;
  lines.textContent = Array.from({ length: needed }, (_, i) => i + 1).join("\n");
  lines.scrollTop = text.scrollTop;
};
const insert = (words) => {
  text.focus();
  // execCommand keeps the steps back; setRangeText is for those without it
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  count();
};
const put = (query) => { text.focus(); text.select(); insert(query); };

function goTo(line, column) {
  const rows = text.value.split("\n");
  const start = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  const word = /^[\w\p{L}]+|^./u.exec(text.value.slice(start))?.[0].length ?? 0;
  text.focus();
  text.setSelectionRange(start, start + word);
  text.scrollTop = Math.max(0, (line - 4) * 21);
}

function say(words) {
  const said = document.createElement("p");
  said.className = "note";
  said.textContent = words;
  answer.replaceChildren(said);
}

async function ask() {
  running?.abort();
  const own = running = new AbortController();
  stop.hidden = false;
  say(form.dataset.running);
  remember(text.value);
  try {
    const got = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "text/html" }, signal: own.signal });
    const page = new DOMParser().parseFromString(await got.text(), "text/html");
    const found = page.getElementById("answer") ?? page.querySelector("main");
    answer.replaceChildren(...found?.childNodes ?? []);
    const fault = answer.querySelector("[data-line]");
    if (fault) goTo(+fault.dataset.line, +fault.dataset.column);
  } catch (error) {
    say(error.name === "AbortError" ? form.dataset.stopped : form.dataset.lost);
  } finally {
    if (running === own) { stop.hidden = true; running = null; }
  }
}

// what was asked stays in this browser
const past = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
function remember(query) {
  const kept = [query, ...past().filter((one) => one !== query)].slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* full or forbidden: then not */ }
  list();
}
function list() {
  const kept = past();
  history.hidden = !kept.length;
  history.querySelector("ol").replaceChildren(...kept.map((query) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = query.length > 200 ? `${query.slice(0, 200)}…` : query;
    button.addEventListener("click", () => put(query));
    item.append(button);
    return item;
  }));
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
text.addEventListener("input", count);
text.addEventListener("scroll", () => { lines.scrollTop = text.scrollTop; });
stop.addEventListener("click", () => running?.abort());
history.querySelector(":scope > button").addEventListener("click", () => { localStorage.removeItem(KEY); list(); });
document.addEventListener("click", (event) => {
  const { insert: words } = event.target.dataset ?? {};
  if (words) insert(words);
  const example = event.target.closest?.("[data-query]");
  if (example && !event.ctrlKey && !event.metaKey) { event.preventDefault(); put(example.dataset.query); }
  if (event.target.matches?.(".there")) {
    const { line, column } = event.target.closest("[data-line]").dataset;
    goTo(+line, +column);
  }
  if (event.target.matches?.(".draw")) {
    answer.querySelector("iframe").hidden = false;
    event.target.formTarget = "answer-map";
  }
});
count();
list();
