/* What only makes pages quicker to use; every page works without it. */
(function () {
  "use strict";

  // A part that could not be fetched (signed out, refused, broken) is asked for again as a whole page, which explains itself.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var detail = event.detail, answer = detail.xhr, asked = new URL(detail.pathInfo.finalRequestPath, location.href);
    var moved = answer.responseURL && new URL(answer.responseURL).pathname !== asked.pathname;
    if (detail.requestConfig.verb === "get" && (answer.status >= 400 || moved)) {
      event.preventDefault();
      location.assign(asked.href);
    }
  });
  document.addEventListener("htmx:sendError", function (event) {
    if (event.detail.requestConfig.verb === "get") location.assign(event.detail.pathInfo.finalRequestPath);
  });

  // Menus close by a click elsewhere; menus, the side column and dialogs by Escape.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.pop[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var menu = document.querySelector("details.pop[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
      if (document.querySelector(".dialog:target, .side:target")) location.hash = "#main";
    }
    // Enter goes down a column of inputs, as in a spreadsheet.
    var cell = event.target.closest && event.target.closest(".table-edit td");
    if (event.key === "Enter" && cell && event.target.matches("input:not([type=submit]), select")) {
      var row = cell.parentNode.nextElementSibling, below = row && row.cells[cell.cellIndex];
      var next = below && below.querySelector("input, select");
      if (next) { event.preventDefault(); next.focus(); }
    }
  });

  // A dialog opened by its link is typed into at once.
  window.addEventListener("hashchange", function () {
    var first = document.querySelector(".dialog:target input:not([type=hidden]), .dialog:target textarea, .dialog:target select");
    if (first) first.focus();
  });

  // A second click within three seconds sends nothing; a form that answers with a file can be sent again afterwards.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(function () { delete form.dataset.sent; }, 3000);
  });
})();
