// Everything about one client.
const panelElement = document.getElementById("panel");
let opened = null;
const sourceText = one => {
  if (!one) return "";
  if (one.source === "integration") return `${t.integration}: ${tableName(one.table)}`;
  if (one.source === "rule") return `${t.rule} ${one.position}`;
  if (one.source === "manual") return [t.manual, one.author && `${t.by} ${one.author}`, one.reason, one.expiresOn && `${t.until} ${day(one.expiresOn)}`].filter(Boolean).join(", ");
  return one.table ? `${t.calculated}: ${tableName(one.table)}` : t.calculated;
};
const sourceCell = (name, one) => {
  const lines = [h("div", null, sourceText(one))];
  for (let below = one && one.below; below; below = below.below) lines.push(h("div", { class: "soft" }, `${t.below}: ${show(name, below.value)} (${sourceText(below)})`));
  return lines;
};
const indicatorName = name => t.indicatorNames[name] || name;

const comparisonText = one => {
  const value = operand => operand.value === undefined ? t.noData : operand.value !== "" && Number.isFinite(Number(operand.value)) ? two(Number(operand.value)) : t[operand.value] || operand.value;
  const operand = side => `${t.operands[side.name] || ""} ${value(side)}`.trim(), answer = one.holds ? t.yes : t.no;
  return `${t.clauses[one.clause] || one.clause}: ${one.operator === "is" ? t.bandIs(value(one.right), answer) : t.comparison(label(one.of), operand(one.left), t.signs[one.operator] || one.operator, operand(one.right), answer)}`;
};

const recordTables = records => {
  const columns = data.recordColumns || {}, cell = value => value === null || value === undefined ? "" : typeof value === "number" ? decimals(value, Number.isInteger(value) ? 0 : 2, 2) : typeof value === "boolean" ? (value ? t.yes : t.no) : isDay(value) ? day(value) : String(value);
  const title = (one, column) => { const texts = columns[`${one.table}.${column}`] || columns[column]; return texts ? texts[language] : column; };
  const isMoney = column => ["value", "mrr", "valor"].includes(column);
  return records.filter(one => one.rows.length > 0).map(one => h("details", { open: records.length <= 3 || one.rows.length <= 5, "data-records": one.field }, h("summary", null, t.recordsOf(label(one.field), whole(one.count))),
    table(one.columns.map((column, i) => ({ label: title(one, column), class: one.rows.some(cells => typeof cells[i] === "number") ? "number" : null })), one.rows.map(cells => cells.map((value, i) => isMoney(one.columns[i]) && typeof value === "number" ? amount(value) : cell(value)))),
    one.count > one.rows.length ? h("p", { class: "soft" }, t.recordsMost(whole(one.rows.length), whole(one.count))) : ""));
};

const changes = (client, would) => {
  const now = client.senseScore ?? 0, gain = score => signed(Math.round((score - now) * 100) / 100, two);
  const step = would.nextBand;
  const sentence = one => {
    const to = [gain(one.score), two(one.score), t[one.band]];
    const falls = Number.isInteger(one.from) && Number.isInteger(one.to) && one.from > one.to;
    if (falls && one.field === "overdueTitles") return t.nextBandTitles(one.from - one.to, one.from, ...to);
    if (falls && one.field === "ticketsAboveSla") return t.nextBandTickets(one.from - one.to, one.from, ...to);
    return t.nextBand(label(one.field), show(one.field, one.from), show(one.field, one.to), ...to);
  };
  return [step ? h("p", { id: "next-band" }, sentence(step)) : "", would.healthy && would.healthy.length > 0 ? table([{ label: t.ifHealthy }, { label: t.gain, class: "number" }, { label: t.newScore, class: "number" }, { label: t.band }],
    would.healthy.map(one => [indicatorName(one.indicator), gain(one.score), two(one.score), badge(one.band)]), { id: "healthy" }) : ""];
};

const historyChart = all => chartBox(t.history, () => {
  const line = (text, values, axis, ink) => ({ label: text, data: values, yAxisID: axis, stepped: true, pointRadius: values.filter(value => value !== null).length === 1 ? 3 : 0, borderWidth: 2, borderColor: ink, backgroundColor: ink });
  const then = reconstructedDays(all.from, all.days, all.reconstructedUntil);
  return { type: "line", data: { labels: Array.from({ length: all.days }, (_, i) => shortDay(dayAfter(all.from, i))),
    datasets: [line("SenseScore", expand(all.scores, all.days), "y", colour("--link")), { ...line(label("engagementScore"), expand(all.engagements, all.days), "y1", colour("--opportunity")), borderDash: [6, 4] }] },
  options: { interaction: { mode: "index", intersect: false }, scales: { x: { ticks: { maxTicksLimit: 7, maxRotation: 0 } }, y: { min: 0, max: 100, title: { display: true, text: "SenseScore" } }, y1: { min: -100, max: 100, position: "right", grid: { drawOnChartArea: false }, ticks: { callback: value => whole(value) }, title: { display: true, text: label("engagementScore") } } } },
  plugins: [reconstructedArea(then > 0 ? then - 0.5 : null)] };
});

const open = async client => {
  client.panel ||= await panelOf(client);
  const all = client.panel;
  opened = client;
  dropCharts(panelElement);
  const columns = [{ label: t.field, class: "wide" }, { label: t.value }, { label: t.source }];
  panelElement.replaceChildren(...[
    h("header", null, h("div", null, h("h2", { id: "panel-name" }, client.name || client.clientId),
      h("p", null, h("span", { class: "soft" }, client.clientId), " ", client.situation ? badge(client.situation) : "", " ", client.senseScoreBand ? badge(client.senseScoreBand) : "", " ", client.counted === PORTFOLIO ? "" : h("span", { class: "badge" }, t.countedNames[client.counted]))),
      h("button", { type: "button", class: "controls", onclick: () => panelElement.close() }, t.close)),
    client.reasons && client.reasons.length ? h("p", { class: "warning" }, why(client)) : "",
    all.wouldChange ? [h("h3", null, t.wouldChange), ...changes(client, all.wouldChange)] : "",
    all.records && all.records.some(one => one.rows.length > 0) ? [h("h3", null, t.records), h("div", { id: "records" }, recordTables(all.records))] : "",
    all.scores ? [h("h3", null, t.history), historyChart(all), reconstructedNote(t.hatched, all.reconstructedUntil)] : "",
    all.indicators && all.indicators.length ? [h("h3", null, t.indicators), table(
      [{ label: t.indicator }, { label: t.field }, { label: t.value, class: "number" }, { label: t.weight, class: "number" }, { label: t.points, class: "number" }, { label: t.contribution, class: "number" }],
      all.indicators.map(part => [indicatorName(part.name), label(part.field), part.value === undefined ? t.noData : show(part.field, part.value), decimals(part.weight, 0, 4), part.points === undefined ? "–" : two(part.points), part.contribution === undefined ? "–" : two(part.contribution)]), { id: "panel-indicators" })] : "",
    all.comparisons && all.comparisons.length ? [h("h3", null, t.decided), h("ul", null, all.comparisons.map(one => h("li", null, comparisonText(one))))] : "",
    all.transitions ? [h("h3", null, t.changes), all.transitions.length === 0 ? h("p", null, t.noChanges) : h("ol", { id: "panel-changes" }, all.transitions.map(one =>
      h("li", null, `${day(one.day)}: ${one.from ? `${t[one.from]} → ` : ""}${t[one.to]} (${t[one.cause] || one.cause})`)))] : "",
    h("h3", null, t.fields), table(columns, Object.entries(all.fields).map(([name, one]) => [h("span", { title: ((fields.get(name) || {}).formula || {})[language] || null }, label(name)), h("span", { "data-field": name }, show(name, one)), sourceCell(name, all.sources[name])]), { id: "panel-fields" })].flat(2).filter(Boolean));
  if (!panelElement.open) panelElement.showModal();
  panelElement.scrollTop = 0;
  remember();
};
panelElement.addEventListener("click", event => { if (event.target === panelElement) panelElement.close(); });
panelElement.addEventListener("close", () => { opened = null; dropCharts(panelElement); remember(); });
