// Shows how far a big file has been sent: <form data-upload>. Without this script the form posts as usual.
// data-upload-limit on the form, in bytes, stops a file that the server would refuse anyway.
(function () {
  "use strict";

  var replaced = false; // the page in place is another than the one that was loaded

  function size(bytes) {
    if (bytes < 1e6) return Math.max(1, Math.round(bytes / 1e3)) + "\u00a0kB";
    return (bytes / 1e6).toFixed(1) + "\u00a0MB";
  }

  function progressOf(form) {
    var box = form.querySelector("[data-upload-progress]");
    if (box) return box;
    box = document.createElement("div");
    box.className = "upload-progress";
    box.setAttribute("data-upload-progress", "");
    var words = document.createElement("p");
    words.setAttribute("role", "status");
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "Sending the file");
    box.append(words, bar);
    form.append(box);
    return box;
  }

  function say(box, words, share) {
    box.querySelector("p").textContent = words;
    var bar = box.querySelector("progress");
    bar.hidden = share === null;
    if (share !== null) bar.value = share;
  }

  function bytesOf(form) {
    var total = 0;
    form.querySelectorAll("input[type=file]").forEach(function (input) {
      Array.from(input.files).forEach(function (file) { total += file.size; });
    });
    return total;
  }

  // The answer is a whole page (the form again, or where the server led on): put it in place.
  function show(request) {
    var page = new DOMParser().parseFromString(request.responseText, "text/html");
    var main = page.getElementById("main");
    if (!main) return false;
    document.getElementById("main").replaceWith(main);
    document.title = page.title;
    if (request.responseURL) history.pushState({ sent: true }, "", request.responseURL);
    replaced = true;
    if (window.htmx) window.htmx.process(main);
    document.dispatchEvent(new CustomEvent("oversight:replaced"));
    main.focus();
    window.scrollTo(0, 0);
    return true;
  }

  function send(form, submitter) {
    var box = progressOf(form);
    var limit = Number(form.dataset.uploadLimit);
    var total = bytesOf(form);
    if (limit && total > limit) {
      say(box, "This is " + size(total) + "; at most " + size(limit) + " can be sent. Nothing was sent.", null);
      return;
    }
    var buttons = Array.from(form.querySelectorAll("button, input[type=submit]"));
    var request = new XMLHttpRequest();
    function again(words) {
      say(box, words, null);
      buttons.forEach(function (button) { button.disabled = false; });
    }
    request.open("POST", form.action);
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) return;
      var share = Math.floor((100 * event.loaded) / event.total);
      say(box, share < 100 ? size(event.loaded) + " of " + size(event.total) + " sent"
        : "Sent; the server is storing the original", share);
    });
    request.addEventListener("load", function () {
      if (!show(request)) again("The server answered with an error (" + request.status + "). Try again, or reload the page.");
    });
    request.addEventListener("error", function () { again("The connection broke before the file was stored. Send it again."); });
    request.addEventListener("abort", function () { again("Sending was stopped. Nothing was stored."); });
    var data = new FormData(form, submitter || undefined);
    buttons.forEach(function (button) { button.disabled = true; });
    say(box, "Sending " + size(total), 0);
    request.send(data);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-upload]") || event.defaultPrevented) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  window.addEventListener("popstate", function () { if (replaced && !location.hash) location.reload(); });
})();
