// Sends each file by itself, so that one that is refused holds up no other, and shows how far all have come.
const form = document.getElementById("upload");
const POLL = 1200, SLOW = 4000, MOST = 50;
const ACTIVE = ["waiting", "reading", "loading"];

/** "… {0} …" with what it is about. */
const fill = (said, ...values) => said.replace(/\{(\d)\}/g, (_, i) => values[i]);

class Page {
  constructor() {
    this.words = JSON.parse(form.dataset.words);
    this.rows = new Map();                                  // key of a file -> its row
    this.queue = [];
    this.sending = false;
    const files = document.getElementById("files");
    files.addEventListener("change", () => { this.take(files.files); files.value = ""; });
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const name of ["dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => {
        event.preventDefault();                             // a file that misses the place is not opened instead
        form.classList.toggle("over", name === "dragover");
        if (name === "drop") this.take(event.dataTransfer.files);
      });
    }
    this.poll();
  }

  take(files) {
    for (const file of files) {
      const key = `own-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
      this.queue.push({ key, file });
      this.draw(key, { name: file.name, state: "queued" }, {});
    }
    this.next();
  }

  next() {
    if (this.sending || !this.queue.length) return;
    const one = this.queue.shift();
    this.sending = true;
    this.send(one).finally(() => { this.sending = false; this.next(); });
  }

  /** One file as one upload; where too many wait it is sent again later. */
  send({ key, file }) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();                 // fetch does not tell how much has been sent
      const data = new FormData();
      data.append("file", file, file.name);
      request.open("POST", `/uploads${document.getElementById("replace").checked ? "?replace=true" : ""}`);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (event) => this.draw(key,
        { name: file.name, state: "sending", share: event.total ? event.loaded / event.total : 0 }, {});
      request.onload = () => {
        if (request.status === 202) {
          this.drop(key);
          this.show([JSON.parse(request.response)]);
          this.poll();
        } else if (request.status === 429) {
          const seconds = Number(request.getResponseHeader("Retry-After")) || 30;
          this.draw(key, { name: file.name, state: "queued" }, {});
          setTimeout(() => { this.queue.push({ key, file }); this.next(); }, seconds * 1000);
        } else {
          this.refuse(key, file, said(request.response, request.status));
        }
        resolve();
      };
      request.onerror = () => { this.refuse(key, file, this.words.gone); resolve(); };
      request.send(data);
    });
  }

  refuse(key, file, error) {
    this.draw(key, { name: file.name, state: "refused", error }, {
      retry: () => { this.queue.push({ key, file }); this.next(); }, forget: () => this.drop(key) });
    this.announce();
  }

  async poll() {
    clearTimeout(this.timer);
    let wait = 0;
    try {
      const answer = await fetch(`/uploads?limit=${MOST}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(said(await answer.text(), answer.status));
      const { items } = await answer.json();
      this.trouble("");
      this.keep(items);
      this.show([...items].reverse());
      if (items.some((job) => job.state === "waiting" || job.state === "working")) wait = POLL;
    } catch (error) {
      this.trouble(error instanceof TypeError ? this.words.no_answer : error.message);
      wait = SLOW;
    }
    if (wait) this.timer = setTimeout(() => this.poll(), wait);
  }

  show(jobs) {
    for (const job of jobs) {
      for (const file of job.files) {
        const alone = job.total === 1;
        this.draw(`${job.id} ${file.number}`, file, {
          retry: file.state === "failed" && job.done === job.total ? () => this.ask(`/uploads/${job.id}/retry`, "POST") : null,
          forget: alone || file.number === 1 ? () => this.ask(`/uploads/${job.id}`, "DELETE") : null,
          delete: file.state === "done" && (alone || file.number === 1) ? () => this.remove(job) : null,
          findings: ["done"].includes(file.state) ? `/uploads/${job.id}/files/${file.number}/findings` : null,
        });
      }
    }
    this.announce();
  }

  /** Rows of uploads that are no more. */
  keep(jobs) {
    const there = new Set(jobs.flatMap((job) => job.files.map((file) => `${job.id} ${file.number}`)));
    for (const key of [...this.rows.keys()]) if (!key.startsWith("own-") && !there.has(key)) this.drop(key);
  }

  remove(job) {
    if (confirm(this.words.delete_sure)) this.ask(`/uploads/${job.id}?reports=true`, "DELETE");
  }

  async ask(address, method) {
    try {
      const answer = await fetch(address, { method, headers: { Accept: "application/json" } });
      if (!answer.ok) this.trouble(said(await answer.text(), answer.status));
    } catch { this.trouble(this.words.no_answer); }
    this.poll();
  }

  drop(key) {
    const row = this.rows.get(key);
    if (row?.contains(document.activeElement)) document.getElementById("files").focus();
    row?.remove();
    this.rows.delete(key);
    document.getElementById("nothing").hidden = this.rows.size > 0;
  }

  draw(key, file, does) {
    let row = this.rows.get(key);
    if (!row) {
      row = document.getElementById("row").content.firstElementChild.cloneNode(true);
      this.rows.set(key, row);
      document.getElementById("jobs").prepend(row);
      document.getElementById("nothing").hidden = true;
    }
    const now = JSON.stringify([file, Object.keys(does).filter((name) => does[name])]);
    if (row.now === now) return;                            // what has the focus stays as it is
    row.now = now;
    const words = this.words, at = (name) => row.querySelector(`.${name}`);
    row.dataset.state = file.state;
    at("state").textContent = words[file.status === "replaced" && file.state === "done" ? "replaced" : file.state];
    at("file").textContent = file.name;
    at("tally").textContent = tally(file, words);
    bar(row.querySelector("progress"), file, at("state").textContent);
    at("error").textContent = file.error ?? "";
    at("error").hidden = !file.error;
    warn(at("warns"), file.warnings ?? [], words);
    link(at("open"), file.report && ["done", "duplicate"].includes(file.state) ? `/browse/reports/${encodeURIComponent(file.report)}` : null);
    link(at("findings"), does.findings);
    at("retry").textContent = file.state === "refused" ? words.again : words.retry;
    for (const name of ["retry", "forget", "delete"]) {
      at(name).hidden = !does[name];
      at(name).onclick = does[name] ?? null;
      at(name).setAttribute("aria-label", `${at(name).textContent} ${file.name}`);
    }
  }

  trouble(what) {
    const place = document.getElementById("trouble");
    if (place.textContent !== what) place.textContent = what;
    place.hidden = !what;
  }

  /** Once everything has ended, a line for those who hear the page. */
  announce() {
    const states = [...this.rows.values()].map((row) => row.dataset.state);
    const active = states.some((state) => ACTIVE.includes(state) || state === "queued" || state === "sending");
    const bad = states.filter((state) => ["failed", "lost", "refused"].includes(state)).length;
    const line = active || !states.length ? "" : fill(this.words.announce, states.length, states.length - bad, bad);
    const place = document.getElementById("said");
    if (place.textContent !== line) place.textContent = line;
  }
}

function tally(file, words) {
  if (file.pages && file.state === "reading") return fill(words.pages, ...file.pages);
  if (file.state !== "done") return "";
  const n = file.counts ?? {};
  return fill(words.found, n.Problem ?? 0, n.RootCause ?? 0, n.Recommendation ?? 0);
}

function bar(place, file, name) {
  place.hidden = !(ACTIVE.includes(file.state) || file.state === "sending");
  place.setAttribute("aria-label", `${name} ${file.name}`);
  if (file.state === "sending") place.value = 100 * file.share;
  else if (file.pages) place.value = 100 * file.pages[0] / file.pages[1];
  else place.removeAttribute("value");
}

function warn(place, warnings, words) {
  place.hidden = !warnings.length;
  place.querySelector("summary").textContent = fill(words.warnings, warnings.length);
  place.querySelector("ul").replaceChildren(...warnings.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function link(place, address) {
  place.hidden = !address;
  if (address) place.href = address;
}

/** What an error of the API says, whatever stands between it and us. */
function said(body, status) {
  try {
    const { detail, fix } = JSON.parse(body);
    return [detail, fix].filter(Boolean).join("；");
  } catch { return `HTTP ${status}`; }
}

if (form) new Page();
