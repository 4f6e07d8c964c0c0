// What moved the MRR.
const MOVEMENTS = ["new", "reactivation", "expansion", "contraction", "churn"];
// Where an axis begins: at zero, unless the movements would be too small to be seen beside the MRR.
const axisFrom = levels => {
  const low = Math.min(...levels), moved = Math.max(...levels) - low, step = 10 ** Math.floor(Math.log10(moved));
  return moved === 0 || low < 2 * moved ? 0 : Math.floor(low / step - 1) * step;
};
let moneyMonth = null, cohortOf = "mrr", sliceBy = null;
const money = () => {
  const all = data.money;
  if (!all || !all.months || all.months.length === 0) return null;
  const months = [...all.months].sort((a, b) => a.month < b.month ? -1 : 1), newest = months[months.length - 1].month;
  if (!months.some(line => line.month === moneyMonth)) moneyMonth = newest;
  const loss = name => name === "contraction" || name === "churn";
  const shownPercent = value => value === undefined || value === null ? "–" : percent(Number(value));
  const columns = first => [{ label: first }, { label: t.start, class: "number" }, ...MOVEMENTS.map(name => ({ label: t.movements[name], class: "number" })), { label: t.end, class: "number" }, { label: t.grr, class: "number" }, { label: t.nrr, class: "number" }, { label: t.logoChurn, class: "number" }];
  const cells = (first, line, key) => [first, figure(`${key}.start`, amount(Number(line.start))), ...MOVEMENTS.map(name => figure(`${key}.${name}`, Number(line[name]) === 0 ? amount(0) : loss(name) ? amount(-line[name]) : signed(Number(line[name]), amount))), figure(`${key}.end`, amount(Number(line.end))),
    figure(`${key}.grr`, shownPercent(line.grr)), figure(`${key}.nrr`, shownPercent(line.nrr)), [figure(`${key}.logoChurn`, shownPercent(line.logoChurn)), line.clientsStart ? h("span", { class: "soft" }, ` (${whole(line.clientsChurned)}/${whole(line.clientsStart)})`) : ""]];
  const soFar = (text, line) => cells([text, h("span", { class: "soft" }, ` (${t.fromClose(day(line.from))})`)], line, text === t.last30 ? "last30" : "last12");
  const section = h("section", { id: "money", class: "screen", "aria-labelledby": "money-title" }, h("h2", { id: "money-title" }, t.money), h("p", { class: "soft" }, t.moneyText));

  const place = h("div", null), bySlice = h("div", null);
  const drawMonth = () => {
    dropCharts(place);
    const line = months.find(one => one.month === moneyMonth);
    const bars = [[0, Number(line.start)]];
    for (const one of MOVEMENTS) { const at = bars.length === 1 ? bars[0][1] : bars[bars.length - 1][1]; bars.push([at, at + (loss(one) ? -1 : 1) * Number(line[one])]); }
    bars.push([0, Number(line.end)]);
    const colours = () => ["neutral", "green", "green", "green", "yellow", "red", "neutral"].map(paint);
    const names = [t.start, ...MOVEMENTS.map(one => t.movements[one]), t.end];
    const changes = bars.map(([from, to]) => Math.round((to - from) * 100) / 100), amounts = changes.map((one, i) => one === 0 ? "–" : i > 0 && i < bars.length - 1 ? signed(one, whole) : whole(one));
    const from = axisFrom(bars.slice(1, -1).flat());
    place.replaceChildren(chartBox(`${t.waterfall}, ${monthName(moneyMonth)}`, () => ({ type: "bar", data: { labels: names, datasets: [{ data: bars, backgroundColor: colours(), borderSkipped: false }] }, plugins: [amountsAbove(amounts)],
      options: { plugins: { legend: { display: false }, tooltip: { callbacks: { label: item => amount(changes[item.dataIndex]) } } }, scales: { x: { grid: { display: false }, ticks: { autoSkip: false } }, y: { min: from, grace: "12%", ticks: { callback: round, maxTicksLimit: 7 }, title: { display: from > 0, text: t.axisFrom(round(from)) } } } } }), { id: "waterfall" }));
    drawSlices();
  };
  const drawSlices = () => {
    const slices = (all.slices || []).filter(line => line.month === undefined || line.month === moneyMonth), kinds = [...new Set(slices.map(line => line.by))];
    if (kinds.length === 0) { bySlice.replaceChildren(); return; }
    if (!kinds.includes(sliceBy)) sliceBy = kinds[0];
    bySlice.replaceChildren(h("h3", null, `${t.slices}, ${monthName(moneyMonth)}`), h("div", { class: "filters" }, choice(t.sliceBy, sliceBy, kinds.map(kind => [kind, label(kind)]), value => { sliceBy = value; drawSlices(); })),
      table(columns(t.of), slices.filter(line => line.by === sliceBy).map(line => cells(line.of || t.blank, line, `slice.${line.of}`)), { id: "slices" }));
  };
  section.append(
    table(columns(t.period), [soFar(t.last30, all.last30), soFar(t.last12, all.last12), ...[...months].reverse().map(line => cells(monthName(line.month), line, `month.${line.month}`))], { id: "months" }),
    h("div", { class: "two" }, h("div", null, h("h3", null, t.waterfall), h("div", { class: "filters" }, choice(t.chooseMonth, moneyMonth, [...months].reverse().map(line => [line.month, monthName(line.month)]), value => { moneyMonth = value; drawMonth(); })), place),
      h("div", null, h("h3", null, t.retention), chartBox(`${t.retention}: ${months.map(line => `${monthName(line.month)}: ${t.grr} ${shownPercent(line.grr)}, ${t.nrr} ${shownPercent(line.nrr)}`).join("; ")}`, () => ({ type: "line",
        data: { labels: months.map(line => monthName(line.month)), datasets: [["grr", "yellow"], ["nrr", "green"]].map(([of, ink]) => ({ label: t[of], data: months.map(line => line[of] === undefined ? null : Number(line[of])), borderColor: paint(ink), backgroundColor: paint(ink), borderDash: of === "grr" ? [6, 4] : [], pointRadius: of === "grr" ? 5 : 3, pointStyle: of === "grr" ? "rectRot" : "circle" })) },
        options: { interaction: { mode: "index", intersect: false }, scales: { y: { ticks: { callback: value => percent(value) } } }, plugins: { legend: { labels: { usePointStyle: true } }, tooltip: { callbacks: { label: item => `${item.dataset.label}: ${percent(item.parsed.y)}` } } } } }), { id: "retention" }))),
    bySlice, cohortTable(all.cohorts || []));
  drawMonth();
  return section;
};

const cohortTable = cohorts => {
  const known = cohorts.filter(one => one.clients.length > 0);
  if (known.length === 0) return "";
  const place = h("div", null), longest = Math.max(...known.map(one => one.clients.length));
  const drawCohorts = () => {
    const cell = (one, i) => {
      const values = one[cohortOf];
      if (i >= values.length || values[i] === null) return "";
      const value = Number(values[i]), first = Number(values[0]), share = first === 0 ? 0 : value / first * 100;
      return h("span", { class: `heat heat-${Math.min(10, Math.round(share / 10))}`, title: cohortOf === "mrr" ? amount(value) : whole(value) }, cohortOf === "mrr" && i === 0 ? round(value) : cohortOf === "clients" && i === 0 ? whole(value) : `${whole(Math.round(share))}%`);
    };
    place.replaceChildren(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t.cohorts }, h("table", { id: "cohorts" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t.cohort), Array.from({ length: longest }, (_, i) => h("th", { scope: "col", class: "number" }, t.cohortMonths(i))))),
      h("tbody", null, known.map(one => h("tr", null, h("th", { scope: "row" }, monthName(one.month)), Array.from({ length: longest }, (_, i) => h("td", { class: "number" }, cell(one, i)))))))));
  };
  drawCohorts();
  return h("div", null, h("h3", null, t.cohorts), h("div", { class: "filters" }, choice(t.cohortOf, cohortOf, [["mrr", t.cohortMrr], ["clients", t.cohortClients]], value => { cohortOf = value; drawCohorts(); })), place);
};
