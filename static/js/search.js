// After a part of the page was replaced: shows its data-query in the field with data-search, unless somebody is typing.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const field = document.querySelector("[data-search]");
  if (!field || field === document.activeElement) return;
  if ("query" in detail.elt.dataset) field.value = detail.elt.dataset.query;
});
