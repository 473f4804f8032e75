// Names in the graph, suggested while one is typed; without this script they are typed whole.
const PAUSE = 200;

for (const input of document.querySelectorAll("input[data-from]")) {
  let waiting, asked = null;
  const suggest = async () => {
    const words = input.value.trim();
    if (words === asked) return;
    asked = words;
    const from = input.dataset.from, facet = from.includes("facet=");
    const q = words && !facet ? `&q=${encodeURIComponent(words.slice(0, 100))}` : "";
    const order = q ? from.replace(/sort=\w+&/, "") : from;
    const answer = await fetch(order + q, { headers: { Accept: "application/json" } });
    if (!answer.ok || input.value.trim() !== words) return;
    const found = await answer.json();
    const items = facet ? found.facets.place : found.items;
    input.list.replaceChildren(...items.map((item) => {
      const option = document.createElement("option");
      option.value = item[input.dataset.value] ?? "";
      const says = item[input.dataset.says];
      option.label = typeof says === "object" ? says?.name ?? "" : says ?? "";
      return option;
    }));
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(suggest, PAUSE); };
  input.addEventListener("focus", suggest);
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
}
