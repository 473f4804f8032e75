// On a phone the list comes first; its facets open when they are asked for.
if (matchMedia("(max-width: 760px)").matches) {
  document.querySelectorAll(".facets .all").forEach((one) => { one.open = false; });
}
