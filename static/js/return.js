// Before a form with data-returns-here is sent: puts the address of the page as it is now into the field "next". Filters
// change the address without loading the page.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-returns-here]")) target.elements.next.value = location.pathname + location.search;
});
