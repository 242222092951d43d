// After a part of the page was replaced: puts its data-announce text into the status element, for screen readers.
(() => {
  const status = document.getElementById("status");

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const text = detail.elt.dataset.announce;
    if (!text) return;
    // A part that keeps replacing itself is announced again only when its text has changed.
    const replacedItself = detail.requestConfig.elt.id === detail.elt.id;
    if (replacedItself && text === status.textContent) return;
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = text));
  });
})();
