// After a swap: says what changed in the page's one status element, and keeps focus and search box in step.
(() => {
  const status = document.getElementById("status");
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt, requestConfig } = event.detail;
    const says = elt.dataset.says;
    // A part that fetches itself again and again does not repeat itself.
    if (says && (says !== status.textContent || requestConfig.elt.id !== elt.id)) {
      status.textContent = "";
      requestAnimationFrame(() => (status.textContent = says));
    }
    const search = document.querySelector("[data-search]");
    if (search && "query" in elt.dataset && search !== document.activeElement) search.value = elt.dataset.query;
    // Another page of rows starts again at its heading; so does whoever used a link that is gone now.
    const page = requestConfig.elt.matches("[data-page]");
    const lost = document.activeElement === document.body && requestConfig.triggeringEvent;
    if (page || lost) {
      const heading = elt.closest("section")?.querySelector("h2") || document.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: !page });
    }
    if (page) scrollTo(0, 0);
  });
})();
