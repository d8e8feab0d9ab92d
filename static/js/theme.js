// Sets the theme before anything is painted. Loaded without defer, hence small and alone.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try { return localStorage.getItem("theme") || "system"; } catch (refused) { return "system"; }
  }
  function apply() {
    var choice = chosen();
    var theme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    if (root.getAttribute("data-bs-theme") !== theme) root.setAttribute("data-bs-theme", theme);
  }

  window.oversightTheme = {
    chosen: chosen,
    choose: function (choice) {
      try { localStorage.setItem("theme", choice); } catch (refused) { /* private window: this page only */ }
      if (chosen() !== choice) root.setAttribute("data-bs-theme", choice === "dark" ? "dark" : "light");
      else apply();
    },
  };
  dark.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  window.addEventListener("beforeprint", function () { root.setAttribute("data-bs-theme", "light"); }); // paper is light
  window.addEventListener("afterprint", apply);
  apply();
})();
