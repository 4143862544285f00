// Charts, drawn by Vega-Lite in the colours of the page. The table of bars stays, folded away.
"use strict";

async function draw(figure) {
  const response = await fetch(figure.dataset.chart);
  if (!response.ok) return;
  const spec = await response.json();
  if (!spec.data) return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const place = figure.querySelector(".drawn");
  place.hidden = false;
  const axis = { labelColor: colour("--ink"), tickColor: colour("--line"), domainColor: colour("--line"), gridColor: colour("--line") };
  await vegaEmbed(place, spec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: false,
    config: {
      background: "transparent",
      font: style.getPropertyValue("--sans"),
      axis,
      legend: { labelColor: colour("--ink") },
      range: { category: [colour("--series-0"), colour("--series-1"), colour("--series-2")] },
      view: { stroke: "transparent" },
    },
  });
  figure.querySelector("details").open = false;
}

for (const figure of document.querySelectorAll("figure[data-chart]")) draw(figure);
