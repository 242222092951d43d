// After a swap: says what changed in the page's one status element, and keeps focus and search box in step.
(() => {
  const status = document.getElementById("status");
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt, requestConfig } = event.detail;
    const part = elt.matches("[data-says]") ? elt : elt.querySelector("[data-says]");
    if (part && (status.textContent !== part.dataset.says || requestConfig.elt.id !== elt.id)) {
      status.textContent = "";
      requestAnimationFrame(() => (status.textContent = part.dataset.says));
    }
    const search = document.querySelector("[data-search]");
    if (search && "query" in elt.dataset && search !== document.activeElement) search.value = elt.dataset.query;
    // Another page of rows starts again at the heading; so does whoever used a link that is gone now.
    const page = requestConfig.elt.matches("[data-page]");
    const lost = document.activeElement === document.body && requestConfig.triggeringEvent;
    if (page || lost) document.querySelector("h1").focus({ preventScroll: !page });
    if (page) scrollTo(0, 0);
  });
})();
