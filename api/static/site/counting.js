// What takes long to count comes in when it is ready, while the page is there already.
const PAUSE = 1500;

async function bring(id) {
  const place = document.getElementById(id);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (answer.ok && found && !found.dataset.counting) {
      for (const one of found.querySelectorAll("details.all")) one.open = place.querySelector("details.all")?.open ?? true;
      place.replaceWith(document.importNode(found, true));
      return;
    }
  } catch { /* the service is away; it may come back */ }
  setTimeout(bring, PAUSE, id);
}

for (const place of document.querySelectorAll("[data-counting]")) setTimeout(bring, PAUSE, place.id);
