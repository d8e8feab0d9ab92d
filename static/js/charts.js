// Draws the figures of a page from JSON ({data, layout, config}) when they come into view.
// Colours are names of tokens ("var(--line)" or "token:line") and are looked up in the stylesheet,
// so that a figure follows the theme. The table under a figure is server-rendered and always there.
(function () {
  "use strict";

  var plotlySource = document.currentScript.dataset.plotly;
  var plotlyLoading = null;
  var PAPER = 640; // pixels inside a panel on A4, upright
  var printing = false;
  var drawn = new Map(); // chart element → figure as it came, with token names

  function loadPlotly() {
    if (!plotlyLoading) {
      plotlyLoading = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = plotlySource;
        script.onload = function () { resolve(window.Plotly); };
        script.onerror = function () { plotlyLoading = null; reject(new Error("the drawing library did not load")); };
        document.head.append(script);
      });
    }
    return plotlyLoading;
  }

  function resolve(value, style) {
    if (typeof value === "string") {
      if (value.indexOf("var(--") < 0 && value.indexOf("token:") < 0) return value;
      return value.replace(/var\(--([\w-]+)\)|token:([\w-]+)/g, function (whole, a, b) {
        return style.getPropertyValue("--" + (a || b)).trim() || whole;
      });
    }
    if (Array.isArray(value)) return value.map(function (part) { return resolve(part, style); });
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = resolve(value[key], style); });
      return copy;
    }
    return value;
  }

  function axis(given) {
    return Object.assign({
      gridcolor: "var(--grid)", zerolinecolor: "var(--rule-2)", linecolor: "var(--rule-2)", showline: false,
      tickfont: { color: "var(--ink-3)", size: 12 }, automargin: true, fixedrange: true,
    }, given);
  }

  function complete(figure, width) {
    var layout = Object.assign({
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, autosize: true,
      margin: { l: 44, r: 132, t: 50, b: 26 }, hovermode: "closest", dragmode: false,
      hoverlabel: { bgcolor: "var(--raised)", bordercolor: "var(--rule-2)", font: { color: "var(--ink)", size: 12 } },
    }, figure.layout);
    layout.font = Object.assign({ family: '"Inter Variable", Inter, system-ui, sans-serif', size: 12, color: "var(--ink-3)" }, layout.font);
    layout.xaxis = axis(Object.assign({ showgrid: false, showline: true }, layout.xaxis));
    layout.yaxis = axis(layout.yaxis);
    if (width < 520) { // a phone: fewer dates, and less room kept for direct labels
      layout.margin = Object.assign({}, layout.margin, { r: Math.min(layout.margin.r, 88) });
      layout.xaxis = Object.assign({ nticks: 3, tickangle: 0 }, layout.xaxis);
    }
    Object.keys(layout).forEach(function (key) {
      if (/^[xy]axis\d+$/.test(key)) layout[key] = axis(layout[key]);
    });
    return {
      data: figure.data || [],
      layout: layout,
      config: Object.assign({}, figure.config, { displayModeBar: false, responsive: true, displaylogo: false }),
    };
  }

  function part(chart, selector) {
    var box = chart.closest("[data-figure]");
    return box ? box.querySelector(selector) : null;
  }

  function say(chart, words, retry) {
    var place = part(chart, "[data-chart-words]");
    if (!place) return;
    place.hidden = !words;
    place.textContent = words;
    if (retry) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "linklike";
      button.textContent = "Try again";
      button.addEventListener("click", function () { start(chart); });
      place.append(" ", button);
    }
  }

  function read(chart) {
    if (chart.dataset.chartJson) { // any element: of a part that comes later htmx drops scripts
      return Promise.resolve(JSON.parse(document.getElementById(chart.dataset.chartJson).textContent));
    }
    return fetch(chart.dataset.chartSrc, { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.redirected) throw new Error("you are no longer signed in");
        if (!answer.ok) throw new Error("the server answered " + answer.status);
        return answer.json();
      });
  }

  function addressOf(event) {
    var point = event.points && event.points[0];
    var custom = point && point.customdata;
    if (!custom || !custom.url) return null;
    var address = new URL(custom.url, location.href);
    return address.origin === location.origin ? address.href : null;
  }

  function draw(chart, figure) {
    var resolved = resolve(complete(figure, chart.clientWidth), getComputedStyle(document.documentElement));
    if (printing) resolved.layout.width = PAPER;
    if (resolved.layout.height) chart.style.height = resolved.layout.height + "px";
    return window.Plotly.react(chart, resolved.data, resolved.layout, resolved.config);
  }

  function start(chart) {
    chart.classList.remove("undrawn");
    say(chart, "Drawing the figure");
    chart.setAttribute("aria-busy", "true");
    Promise.all([read(chart), loadPlotly(), document.fonts ? document.fonts.ready : null])
      .then(function (results) {
        return draw(chart, results[0]).then(function () {
          drawn.set(chart, results[0]);
          say(chart, "");
          chart.on("plotly_click", function (event) {
            var address = addressOf(event);
            if (address) location.assign(address);
          });
          chart.on("plotly_hover", function (event) { chart.classList.toggle("leads", Boolean(addressOf(event))); });
          chart.on("plotly_unhover", function () { chart.classList.remove("leads"); });
          enableSaving(chart);
          enableReading(chart, results[0]);
        });
      })
      .catch(function (error) {
        chart.classList.add("undrawn");
        say(chart, "The figure could not be drawn: " + error.message + ". Its numbers are in the table below.", true);
      })
      .finally(function () { chart.removeAttribute("aria-busy"); });
  }

  // By way of a data address: the policy of the page admits no blob addresses as pictures.
  function save(chart, format) {
    var size = { width: chart.clientWidth, height: chart.clientHeight };
    return window.Plotly.toImage(chart, Object.assign({ format: "svg" }, size))
      .then(function (svg) { return format === "svg" ? svg : raster(svg, size); })
      .then(function (address) {
        var link = document.createElement("a");
        link.href = address;
        link.download = (chart.dataset.chartName || chart.id || "figure") + "." + format;
        link.click();
      });
  }

  function raster(svg, size) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onerror = reject;
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = 2 * size.width;
        canvas.height = 2 * size.height;
        var pen = canvas.getContext("2d");
        pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--sheet").trim();
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        resolve(canvas.toDataURL("image/png"));
      };
      image.src = svg;
    });
  }

  function enableSaving(chart) {
    var box = chart.closest("[data-figure]");
    if (!box) return;
    box.querySelectorAll("[data-figure-save]").forEach(function (button) {
      button.hidden = false;
      button.onclick = function () {
        save(chart, button.dataset.figureSave)
          .catch(function () { say(chart, "The picture could not be made. The data table holds the same numbers."); });
      };
    });
  }

  // The points of a figure that have words, by place along the axis, so that a reader walks with time.
  function readable(figure) {
    var found = [];
    (figure.data || []).forEach(function (trace, curve) {
      (trace.customdata || []).forEach(function (custom, point) {
        if (!custom || !custom.words || trace.hoverinfo === "skip") return;
        var along = trace.orientation === "h" ? trace.y : trace.x;
        if (along && Array.isArray(along[0])) along = null; // two levels of names: as they come
        found.push({ curve: curve, point: point, words: custom.words.replace(/<br>/g, ", "), url: custom.url, at: along ? along[point] : point });
      });
    });
    var order = [];
    found.forEach(function (one) { if (typeof one.at === "string" && order.indexOf(one.at) < 0) order.push(one.at); });
    var dated = order.length > 0 && order.every(function (text) { return /^\d{4}-\d\d-\d\d/.test(text); });
    if (dated) order.sort();
    var place = function (one) { return typeof one.at === "string" ? order.indexOf(one.at) : one.at; };
    return found.sort(function (a, b) { return place(a) - place(b) || a.curve - b.curve; });
  }

  function enableReading(chart, figure) {
    var points = readable(figure), at = -1, box = part(chart, "[data-chart-reading]");
    function show(place) {
      at = Math.max(0, Math.min(points.length - 1, place));
      if (box) { box.hidden = false; box.textContent = points[at].words + " (" + (at + 1) + " of " + points.length + ")"; }
      try { window.Plotly.Fx.hover(chart, [{ curveNumber: points[at].curve, pointNumber: points[at].point }]); } catch (unseen) { /* the words stand beside */ }
    }
    function leave() {
      at = -1;
      if (box) { box.hidden = true; box.textContent = ""; }
      window.Plotly.Fx.unhover(chart);
    }
    chart.onkeydown = function (event) {
      if (!points.length || event.ctrlKey || event.metaKey || event.altKey) return;
      var steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: points.length - 1 };
      if (event.key in steps) { event.preventDefault(); show(steps[event.key]); }
      else if (event.key === "Escape" && at >= 0) leave();
      else if (event.key === "Enter" && at >= 0 && points[at].url) {
        var address = new URL(points[at].url, location.href);
        if (address.origin === location.origin) location.assign(address.href);
      }
    };
    chart.onblur = function () { if (at >= 0) leave(); };
  }

  var watcher = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      watcher.unobserve(entry.target);
      start(entry.target);
    });
  }, { rootMargin: "240px" });

  function scan() {
    drawn.forEach(function (figure, chart) {
      if (chart.isConnected) return;
      window.Plotly.purge(chart);
      drawn.delete(chart);
    });
    document.querySelectorAll("[data-chart-src], [data-chart-json]").forEach(function (chart) {
      if (chart.dataset.chartSeen) return;
      chart.dataset.chartSeen = "yes";
      watcher.observe(chart);
    });
  }

  function redraw() {
    drawn.forEach(function (figure, chart) { draw(chart, figure); });
  }

  // On paper a figure that nobody scrolled to gives way to its table.
  function tablesForUndrawn(open) {
    document.querySelectorAll("[data-chart-name]").forEach(function (chart) {
      var data = part(chart, "details.figure-data");
      if (!data || drawn.has(chart) || (open ? data.open : !data.dataset.forPaper)) return;
      data.open = open;
      if (open) data.dataset.forPaper = "yes"; else delete data.dataset.forPaper;
    });
  }

  window.addEventListener("beforeprint", function () { printing = true; tablesForUndrawn(true); redraw(); });
  window.addEventListener("afterprint", function () {
    printing = false;
    tablesForUndrawn(false);
    redraw();
    drawn.forEach(function (figure, chart) { window.Plotly.Plots.resize(chart); });
  });
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });

  document.addEventListener("htmx:load", scan);
  document.addEventListener("oversight:replaced", scan);
  scan();
})();
