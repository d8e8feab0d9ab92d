// Small conveniences of the frame: theme switch, menus that close, Ctrl-K. Pages work without them.
(function () {
  "use strict";

  function themeSwitches() {
    document.querySelectorAll("[data-theme-switch]").forEach(function (box) {
      box.hidden = false;
      box.querySelectorAll("input").forEach(function (input) {
        input.checked = input.value === window.oversightTheme.chosen();
        input.addEventListener("change", function () { window.oversightTheme.choose(input.value); });
      });
    });
  }

  function printButtons() {
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  }

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    var link = event.target.closest("[data-figure-data]");
    if (link) {
      var data = document.getElementById(link.hash.slice(1));
      if (data) { data.open = true; data.querySelector("summary").focus(); }
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var open = document.querySelector("details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
    }
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      var field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); if (field.select) field.select(); }
    }
  });

  // An address that ends in the id of a folded table opens it.
  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  }

  window.addEventListener("hashchange", openTarget);
  themeSwitches();
  printButtons();
  openTarget();
})();
