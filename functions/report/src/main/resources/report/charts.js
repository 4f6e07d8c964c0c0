// Charts are drawn after the page, so that nobody waits for them, and again when the colours change.
let drawn = [];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
// Areas are lighter than text in the same colour.
const COLOURS = { risk: "--red-fill", opportunity: "--green-fill", neutral: "--neutral-fill", red: "--red-fill", yellow: "--yellow-fill", green: "--green-fill", none: "--soft" };
const paint = name => colour(COLOURS[name]);
const chart = (canvas, configuration) => {
  Chart.defaults.color = colour("--ink");
  Chart.defaults.borderColor = colour("--line");
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.locale = t.locale;
  const made = new Chart(canvas, { ...configuration, options: { animation: false, responsive: true, maintainAspectRatio: false, ...configuration.options } });
  drawn.push({ canvas, made });
  return made;
};
const dropCharts = inside => { drawn = drawn.filter(one => { if (!inside.contains(one.canvas)) return true; one.made.destroy(); return false; }); };
const chartBox = (text, configuration, attributes) => {
  const canvas = h("canvas", { role: "img", "aria-label": text });
  setTimeout(() => { if (canvas.isConnected) chart(canvas, configuration()); });
  return h("div", { class: "chart", ...attributes }, canvas);
};
// What each bar is worth, above it, as large as there is room for.
const amountsAbove = texts => ({ id: "amounts", afterDatasetsDraw: made => {
  const { ctx } = made, bars = made.getDatasetMeta(0).data, room = made.chartArea.width / bars.length - 4, font = size => `${size}px ${Chart.defaults.font.family}`;
  ctx.save();
  ctx.font = font(12);
  const size = Math.min(12, Math.floor(12 * room / Math.max(...texts.map(text => ctx.measureText(text).width))));
  ctx.font = font(size);
  ctx.fillStyle = colour("--ink");
  ctx.textAlign = "center";
  if (size >= 9) bars.forEach((bar, i) => ctx.fillText(texts[i], bar.x, Math.min(bar.y, bar.base) - 4));
  ctx.restore();
} });
const expand = (steps, days) => {
  const values = Array(days).fill(null);
  steps.forEach(([from, value], i) => values.fill(value, from, i + 1 < steps.length ? steps[i + 1][0] : days));
  return values;
};
const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);
const dayAfter = (from, days) => { const at = new Date(`${from}T00:00:00Z`); at.setUTCDate(at.getUTCDate() + days); return at.toISOString().slice(0, 10); };

// Days that were reconstructed: the first ones of a chart.
const reconstructedDays = (from, days, until) => until ? Array.from({ length: days }, (_, i) => dayAfter(from, i)).filter(one => one <= until).length : 0;
// @param until where it ends on the x axis, null if it is empty
const reconstructedArea = until => ({ id: "reconstructed", afterDatasetsDraw: ({ ctx, chartArea: { left, right, top, bottom }, scales: { x } }) => {
  if (until === null) return;
  const end = Math.min(right, x.getPixelForValue(until)), height = bottom - top;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, end - left, height);
  ctx.clip();
  ctx.beginPath();
  for (let from = left - height; from < end; from += 9) { ctx.moveTo(from, bottom); ctx.lineTo(from + height, top); }
  ctx.strokeStyle = colour("--ink") + "40";
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
} });
const reconstructedNote = (how, until) => until ? h("p", { class: "soft reconstructed" }, `${how}: ${t.reconstructed(day(until))}`) : "";

// 60 days of SenseScore as a line without axes; what was reconstructed is dashed.
const sparkline = panel => {
  if (!panel.scores) return "";
  const values = expand(panel.scores, panel.days), width = 90, height = 22;
  const at = (value, i) => `${(i / Math.max(1, values.length - 1) * width).toFixed(1)},${(height - 1 - value / 100 * (height - 2)).toFixed(1)}`;
  const points = values.map((value, i) => value === null ? null : at(value, i)), known = points.filter(Boolean), then = reconstructedDays(panel.from, panel.days, panel.reconstructedUntil);
  if (known.length === 0) return "";
  const svg = (tag, attributes) => { const made = document.createElementNS("http://www.w3.org/2000/svg", tag); Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value)); return made; };
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "spark", "aria-hidden": "true" });
  if (known.length === 1) { const [x, y] = known[0].split(","); picture.append(svg("circle", { cx: Math.min(x, width - 2), cy: y, r: 2 })); } else {
    const line = (some, attributes) => { const shown = some.filter(Boolean); if (shown.length > 1) picture.append(svg("polyline", { points: shown.join(" "), ...attributes })); };
    if (then > 0) line(points.slice(0, then + 1), { "stroke-dasharray": "2 2" });
    line(points.slice(then));
  }
  return picture;
};
