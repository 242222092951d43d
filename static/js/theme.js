// The colours somebody chose: "system", "light" or "dark", remembered in this browser.
// Loaded in the head and not deferred, so that the choice holds before anything is painted.
(() => {
  const root = document.documentElement;

  const storedTheme = () => {
    try {
      return localStorage.getItem("theme") || "system";
    } catch {
      return "system"; // the browser may forbid storage
    }
  };

  const storeTheme = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // then it holds on this page only
    }
  };

  const applyTheme = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };

  applyTheme(storedTheme());

  document.addEventListener("DOMContentLoaded", () => {
    const themeSwitch = document.querySelector("[data-theme-switch]");
    if (!themeSwitch) return;
    themeSwitch.hidden = false;
    for (const choice of themeSwitch.querySelectorAll("input")) choice.checked = choice.value === storedTheme();
    themeSwitch.addEventListener("change", ({ target }) => {
      storeTheme(target.value);
      applyTheme(target.value);
    });
  });
})();
