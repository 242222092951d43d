// After a part of the page was replaced: moves the focus to the heading when it would be lost, and after a link with
// data-page-link, which leads to another page of rows, also scrolls to the top.
(() => {
  const headingOf = (part) => part.closest("section")?.querySelector("h2") || document.querySelector("h1");

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const { elt, requestConfig } = detail;
    const otherPage = requestConfig.elt.matches("[data-page-link]");
    const focusLost = document.activeElement === document.body && requestConfig.triggeringEvent;
    if (otherPage || focusLost) {
      const heading = headingOf(elt);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: !otherPage });
    }
    if (otherPage) scrollTo(0, 0);
  });
})();
