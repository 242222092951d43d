// Loaded in the head and not deferred: the remembered choice must hold before anything is painted.
(() => {
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem("theme") || "system";
    } catch {
      return "system"; // storage can be forbidden; the system's choice then stands
    }
  };
  const show = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  show(remembered());

  document.addEventListener("DOMContentLoaded", () => {
    const control = document.querySelector("[data-themes]");
    if (!control) return;
    control.hidden = false;
    for (const choice of control.querySelectorAll("input")) choice.checked = choice.value === remembered();
    control.addEventListener("change", (event) => {
      try {
        localStorage.setItem("theme", event.target.value);
      } catch {
        // not remembered, but still shown on this page
      }
      show(event.target.value);
    });
  });
})();
