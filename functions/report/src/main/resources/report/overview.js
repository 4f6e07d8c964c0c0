// Where the portfolio is, and how it went.
const SITUATIONS = ["risk", "opportunity", "neutral"], BANDS = ["red", "yellow", "green", "none"];
// The MRR of a reconstructed day is not known.
const tells = (summary, what) => summary && !(summary.reconstructed && what === "mrr");
const groupOf = (summary, group, name, what) => tells(summary, what) && summary[group] ? (summary[group][name] || { clients: 0, mrr: 0 })[what] : null;
const totalOf = (summary, what) => tells(summary, what) && summary.situations ? Object.values(summary.situations).reduce((sum, one) => sum + one[what], 0) : null;

// The portfolio in one line; each figure leads to its clients.
const tiles = () => {
  const { today } = data.summaries;
  const tile = (name, text, summary) => h("button", { type: "button", class: "tile " + name, "data-go": name || "all", onclick: () => filterBy("situation", name || null) }, h("span", null, text),
    h("strong", { "data-figure": `tile.${name || "all"}.clients` }, whole(summary("clients"))), h("small", { "data-figure": `tile.${name || "all"}.mrr` }, `${t.mrr} ${amount(summary("mrr"))}`));
  return h("div", { id: "tiles" }, h("div", { class: "tiles" }, tile("", t.clientsCount, what => totalOf(today, what)), SITUATIONS.map(name => tile(name, t[name], what => groupOf(today, "situations", name, what)))),
    data.totals.countedUnregistered > 0 ? h("p", { class: "warning", id: "everyone" }, t.everyoneCounts) : "");
};

const overview = () => {
  const { today, week, month } = data.summaries, compares = Boolean(week || month);
  const against = (now, then, shown) => then === null ? "–" : signed(Math.round((now - then) * 100) / 100, shown);
  const line = (summaryOf, first, name) => {
    const cells = [first];
    for (const [what, shown] of [["clients", whole], ["mrr", amount]]) {
      const now = summaryOf(today, what);
      cells.push(figure(`${name}.${what}`, shown(now)));
      if (compares) cells.push(figure(`${name}.${what}.week`, against(now, summaryOf(week, what), shown)), figure(`${name}.${what}.month`, against(now, summaryOf(month, what), shown)));
    }
    return cells;
  };
  const columns = first => [{ label: first }, ...[t.clientsCount, t.mrr].flatMap(what => [{ label: what, class: "number" }, ...(compares ? [{ label: `${what}, ${t.week}`, class: "number" }, { label: `${what}, ${t.month}`, class: "number" }] : [])])];
  const goTo = (filter, name, shown) => h("button", { type: "button", class: "plain", "data-go": name, onclick: () => filterBy(filter, name) }, shown);
  const rows = (group, filter, names) => names.map(name => line((summary, what) => groupOf(summary, group, name, what), goTo(filter, name, badge(name)), `${group}.${name}`));
  const bands = BANDS.filter(name => name !== "none" || groupOf(today, "bands", "none", "clients"));
  return h("section", { id: "overview", class: "screen", "aria-labelledby": "overview-title" }, h("h2", { id: "overview-title" }, t.overview),
      !compares && !data.cs ? h("p", { class: "soft" }, t.noBefore) : "",
      h("h3", null, t.situation), table(columns(t.situation), [...rows("situations", "situation", SITUATIONS), line(totalOf, t.all, "total")]),
      h("h3", null, t.band), table(columns(t.band), rows("bands", "senseScoreBand", bands)),
      (week && week.reconstructed) || (month && month.reconstructed) ? reconstructedNote(t.compared, data.reconstructedUntil) : "",
      h("h3", null, t.moved),
      data.totals.moved.length === 0 ? h("p", null, t.nothingMoved)
        : h("ul", { id: "moved" }, data.totals.moved.map(one => h("li", null, t.movedRow(one.clients, one.from === "new" ? "new" : t[one.from], t[one.to], amount(one.mrr))))),
      trendChart(),
      h("div", { class: "two" }, distributionChart(), bubbleChart()));
};

let trendChoice = "situations.clients";
const trendChart = () => {
  if (!data.trend) return "";
  if (data.trend.length < 2) return [h("h3", null, t.trend), h("p", { class: "soft" }, t.noTrend)];
  const place = h("div", null);
  const drawTrend = () => {
    dropCharts(place);
    const [group, what] = trendChoice.split(".");
    const days = data.trend.filter(one => tells(one, what));
    if (days.length < 2) { place.replaceChildren(h("p", { class: "soft" }, t.noTrend)); return; }
    const names = (group === "bands" ? BANDS : ["risk", "neutral", "opportunity"]).filter(name => days.some(one => groupOf(one, group, name, "clients")));
    // The days of a trend are not equally far from each other.
    const first = days[0].day, at = one => daysBetween(first, one.day), dayAt = value => shortDay(dayAfter(first, value));
    const measured = days.findIndex(one => !one.reconstructed), reconstructedUntil = measured < 0 ? at(days.at(-1)) : measured > 0 ? at(days[measured]) - 0.5 : null;
    place.replaceChildren(chartBox(`${t.trend}: ${t.trendChoices[trendChoice]}`, () => ({ type: "line",
      data: { datasets: names.map((name, i) => ({ label: t[name], data: days.map(one => ({ x: at(one), y: groupOf(one, group, name, what) })), fill: i ? "-1" : "origin", stepped: days.length < 15, pointRadius: 0, borderWidth: 1, borderColor: paint(name), backgroundColor: paint(name) + "99" })) },
      options: { interaction: { mode: "index", intersect: false }, scales: { x: { type: "linear", min: 0, max: at(days.at(-1)), ticks: { maxTicksLimit: 8, maxRotation: 0, precision: 0, callback: dayAt } }, y: { stacked: true, beginAtZero: true, ticks: { callback: value => what === "mrr" ? round(value) : whole(value), precision: 0 } } },
        plugins: { tooltip: { callbacks: { title: ([item]) => dayAt(item.parsed.x), label: item => `${item.dataset.label}: ${what === "mrr" ? amount(item.parsed.y) : whole(item.parsed.y)}` } } } }, plugins: [reconstructedArea(reconstructedUntil)] }), { id: "trend-chart" }), reconstructedNote(t.hatched, days.some(one => one.reconstructed) && data.reconstructedUntil));
  };
  const section = h("div", { id: "trend" }, h("h3", null, t.trend), h("div", { class: "filters" }, choice(t.trendOf, trendChoice, Object.entries(t.trendChoices), value => { trendChoice = value; drawTrend(); })), place);
  drawTrend();
  return section;
};

const distributionChart = () => {
  const bins = data.totals.distribution;
  if (!bins || bins.every(n => n === 0)) return "";
  const size = 100 / bins.length, [yellow, green] = data.cuts || [50, 75];
  const names = bins.map((n, i) => t.scoreFromTo(whole(i * size), i + 1 < bins.length ? two((i + 1) * size - 0.01) : whole(100)));
  const band = i => i * size >= green ? "green" : i * size >= yellow ? "yellow" : "red";
  return h("div", { id: "distribution" }, h("h3", null, t.distribution), chartBox(`${t.distribution}: ${bins.map((n, i) => n === 0 ? null : `${names[i]}: ${whole(n)}`).filter(Boolean).join("; ")}`, () => ({ type: "bar",
    data: { labels: names, datasets: [{ data: bins, backgroundColor: bins.map((n, i) => paint(band(i))), barPercentage: 1, categoryPercentage: 0.92 }] },
    options: { plugins: { legend: { display: false } }, scales: { x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkip: false, callback: (value, i) => i % 4 === 0 ? whole(i * size) : null } }, y: { beginAtZero: true, ticks: { precision: 0 }, title: { display: true, text: t.clientsCount } } } } })));
};

const BUBBLES = 1000;
const bubbleChart = () => {
  const known = portfolio.filter(client => client.senseScore !== null && client.engagementScore !== null).sort((a, b) => (b.mrr || 0) - (a.mrr || 0));
  if (known.length === 0) return "";
  const shown = known.slice(0, BUBBLES), largest = Math.max(1, shown[0].mrr || 0);
  const sets = () => ["neutral", "opportunity", "risk"].map(name => ({ name, ones: shown.filter(client => (client.situation || "neutral") === name) })).filter(one => one.ones.length > 0);
  return h("div", { id: "bubbles" }, h("h3", null, t.bubbles), h("p", { class: "soft" }, t.bubblesText, " ", known.length > BUBBLES ? t.bubblesSome(whole(BUBBLES)) : ""),
    chartBox(`${t.bubbles}: ${whole(shown.length)} ${t.clientsCount.toLowerCase()}`, () => ({ type: "bubble",
      data: { datasets: sets().map(({ name, ones }) => ({ label: t[name], clip: 18, clients: ones, data: ones.map(client => ({ x: client.senseScore, y: client.engagementScore, r: 3 + 15 * Math.sqrt((client.mrr || 0) / largest) })), backgroundColor: paint(name) + "88", borderColor: paint(name) })) },
      options: { scales: { x: { min: 0, max: 100, title: { display: true, text: "SenseScore" } }, y: { min: -100, max: 100, title: { display: true, text: label("engagementScore") }, ticks: { callback: value => whole(value) } } },
        onClick: (event, hit, made) => { if (hit.length > 0) open(made.data.datasets[hit[0].datasetIndex].clients[hit[0].index]); },
        onHover: (event, hit) => { event.native.target.style.cursor = hit.length > 0 ? "pointer" : ""; },
        plugins: { tooltip: { callbacks: { label: item => { const client = item.dataset.clients[item.dataIndex]; return `${client.name || client.clientId}: SenseScore ${two(client.senseScore)}, ${t.engagementScore} ${two(client.engagementScore)}, ${t.mrr} ${show("mrr", client.mrr) || "–"}`; } } } } } })));
};
