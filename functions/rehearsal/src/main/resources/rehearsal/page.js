// The page is drawn from the result that stands in it, in the language that is chosen. Text gets in as text only.
const data = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(document.getElementById("data").textContent), c => c.charCodeAt(0))));
const { result } = data, names = new Map(Object.entries(data.names));
const horizons = result.backtest.horizons, measured = horizons.filter(one => one.inForce);
let chosen = measured.find(one => one.days === 60) || measured.at(-1);
let language = document.documentElement.dataset.language || (navigator.language.startsWith("pt") ? "pt" : "en");
let t = TEXTS[language];
const CLAIM = 10, FIRST = 10;
let all = false;

const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
};
const minus = (number, text) => (number < 0 ? "−" : "") + text;
const decimals = (number, places) => minus(number, new Intl.NumberFormat(t.locale, { minimumFractionDigits: places, maximumFractionDigits: places }).format(Math.abs(number)));
const whole = number => decimals(number, 0);
const day = text => !text ? "" : language === "pt" ? text.split("-").reverse().join("/") : text;
const percent = share => `${decimals(100 * share, 1)}%`;
const plural = (n, one, many) => `${whole(n)} ${n === 1 ? one : many}`;
const counts = share => t.of(whole(share.count), whole(share.of));
const share = one => one.value === undefined ? counts(one) : [counts(one), h("span", { class: "soft" }, ` ${percent(one.count / one.of)} (${t.range(percent(one.low), percent(one.high))})`)];
const client = id => (names.get(id) || id) === id ? id : [names.get(id), " ", h("span", { class: "soft" }, id)];
const badge = name => h("span", { class: "badge " + name }, t.names[name]);
const table = (columns, rows) => rows.length === 0 ? h("p", { class: "soft" }, t.nobody) : h("table", null,
  h("thead", null, h("tr", null, columns.map(([label, type]) => h("th", { scope: "col", class: type || null }, label)))),
  h("tbody", null, rows.map(cells => h("tr", null, cells.map((cell, i) => h("td", { class: columns[i][1] || null, "data-label": columns[i][0] }, cell === "" ? "" : h("div", null, cell)))))));

// A value between 0 and 1 with its interval; the dashed line is chance.
const SVG = "http://www.w3.org/2000/svg";
const range = one => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "range");
  svg.setAttribute("viewBox", "0 0 200 16");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", String(auc(one)));
  const add = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    svg.append(element);
  };
  const x = value => 2 + 196 * value;
  add("line", { class: "axis", x1: x(0), x2: x(1), y1: 8, y2: 8 });
  add("line", { class: "chance", x1: x(.5), x2: x(.5), y1: 1, y2: 15 });
  add("line", { class: "interval", x1: x(one.low), x2: x(one.high), y1: 8, y2: 8 });
  add("circle", { class: "value", cx: x(one.value), cy: 8, r: 4 });
  return svg;
};
const few = () => h("span", { class: "few" }, t.notClaimed);
const auc = one => one.value === undefined ? few() : `${decimals(one.value, 2)} (${t.range(decimals(one.low, 2), decimals(one.high, 2))})`;
const difference = one => one.value === undefined ? few() : `${one.value > 0 ? "+" : ""}${decimals(one.value, 3)} (${t.range(decimals(one.low, 3), decimals(one.high, 3))})`;

// How good the score is, in one word: whether it is better than chance, and whether an alert says more than the base rate.
const verdict = measures => {
  if (measures.auc.value === undefined) return "few";
  return measures.auc.low > .5 ? "works" : measures.auc.high < .5 ? "inverted" : "fails";
};

const answer = () => {
  if (!chosen) return h("section", { class: "answer", id: "answer" }, h("p", { class: "verdict" }, t.tooShortAll), horizons.map(one => h("p", null, t.tooShort(one.days, one.needs, result.days))));
  const measures = chosen.inForce, churns = measures.churns, alerts = measures.alerts, work = result.backtest.workload.inForce;
  const kind = verdict(measures);
  const left = result.population.churns;
  return h("section", { class: "answer " + (kind === "inverted" ? "fails" : kind), id: "answer" },
    h("p", { class: "verdict" }, left === 0 ? t.nobodyLeft : t.verdicts[kind]),
    churns.recall.of > 0 && h("p", null, t.answerLeft(churns.recall, churns.leadDays.median, churns.greenUntilChurn.count, chosen.days)),
    alerts.precision.of > 0 && h("p", null, t.answerAlerts(alerts.precision.of - alerts.precision.count, alerts.precision.of, work.perCsAndWeek)),
    alerts.alertedAnyway.of > 0 && h("p", null, t.answerAnyway(alerts.alertedAnyway)),
    chosen.comparison && h("p", null, t.compared[chosen.comparison.verdict]));
};

const choices = () => h("div", { class: "choices", role: "group", "aria-label": t.within }, h("span", null, t.within),
  horizons.map(one => h("button", { type: "button", disabled: !one.inForce, "aria-pressed": one === chosen ? "true" : "false", title: one.inForce ? null : t.tooShort(one.days, one.needs, result.days), onclick: () => { chosen = one; draw(); } }, t.days(one.days))));

const figures = () => {
  if (!chosen) return "";
  const both = [["inForce", t.inForce], ["candidate", t.candidate]].filter(([who]) => chosen[who]);
  const row = (label, value) => [label, ...both.map(([who]) => value(chosen[who]))];
  const rate = (number, places) => number === undefined ? few() : decimals(number, places);
  const work = who => result.backtest.workload[who];
  return h("section", { id: "figures" }, h("h2", null, t.figures), choices(),
    h("p", { class: "soft" }, t.base(chosen.baseRate, day(chosen.from), day(chosen.to), chosen.landmarks.length, chosen.undecided)),
    table([[t.figure], ...both.map(([, label]) => [label, "number"])], [
      row(t.recall, one => share(one.churns.recall)),
      row(t.lead, one => one.churns.leadDays.median === undefined ? few() : t.quartiles(one.churns.leadDays)),
      row(t.anyway, one => share(one.alerts.alertedAnyway)),
      row(t.precision, one => share(one.alerts.precision)),
      row(t.lift, one => rate(one.alerts.lift, 2)),
      row(t.wrong, one => rate(one.alerts.falsePer100ClientMonths, 2)),
      row(t.auc, one => one.auc.value === undefined ? few() : [auc(one.auc), range(one.auc)]),
      row(t.capture, one => one.capture ? [5, 10, 20].map(p => `${p}%: ${percent(one.capture[p])}`).join(" · ") : few()),
      row(t.mrrRecall, one => one.churns.mrrRecall === undefined ? few() : `${percent(one.churns.mrrRecall)} ${t.effective(one.churns.mrrEffective)}`),
      row(t.green, one => share(one.churns.greenUntilChurn)),
      row(t.neverRed, one => share(one.churns.neverRed)),
      row(t.dayBefore, one => share(one.churns.atRiskTheDayBefore)),
      [t.workload, ...both.map(([who]) => work(who).perCsAndWeek === undefined ? t.alerts(work(who).alerts) : `${t.alerts(work(who).alerts)}, ${t.perCs(decimals(work(who).perCsAndWeek, 1))}`)],
    ]),
    both.map(([who, label]) => [h("h3", null, `${t.bands}${both.length > 1 ? `: ${label}` : ""}`), table([[t.band], [t.churned, "number"], [t.lift, "number"], [t.mrr, "number"]],
      chosen[who].bands.map(one => [badge(one.band), share(one.churned), one.lift === undefined ? "" : decimals(one.lift, 2), decimals(one.mrr, 2)]))]));
};

const indicators = () => !chosen ? "" : h("section", { id: "indicators" }, h("h2", null, t.indicators), h("p", { class: "soft" }, t.indicatorsText),
  [["inForce", t.inForce], ["candidate", t.candidate]].filter(([who]) => chosen[who]).map(([who, label]) => [chosen.candidate && h("h3", null, label),
    table([[t.indicator], [t.weight, "number"], [t.alone, "number"], [t.helps, "number"], [t.missing, "number"], [t.says]],
      chosen[who].indicators.map(one => [one.name, decimals(one.weight, 0), one.auc.value === undefined ? few() : [auc(one.auc), range(one.auc)], one.helps ? difference(one.helps) : "", one.missing.value === undefined ? counts(one.missing) : percent(one.missing.count / one.missing.of),
        one.circular ? t.circular : one.unknownUntil ? t.unknown(day(one.unknownUntil)) : one.helps?.low > 0 ? t.earns : one.helps?.high < 0 ? t.harms : one.helps?.value === undefined ? few() : t.noProof]))]));

const weights = () => {
  const { suggestion } = result;
  return h("section", { id: "weights" }, h("h2", null, t.weights), suggestion.none ? h("p", null, t.none[suggestion.none]) : [
    h("p", null, h("strong", null, t.weightVerdicts[suggestion.verdict]), " ", t.weightsText(t.days(suggestion.horizon), suggestion.fit.cases, suggestion.validation.cases)),
    table([[t.indicator], [t.current, "number"], [t.best, "number"], [t.suggested, "number"]], suggestion.weights.map(one => [one.name, decimals(one.current, 0), decimals(one.best, 0), decimals(one.suggested, 0)])),
    suggestion.verdict !== "keep" && h("p", null, t.later, ": ", difference(suggestion.difference))]);
};

const cases = () => h("section", { id: "cases" }, h("h2", null, t.cases), h("p", { class: "soft" }, t.casesText(result.population)),
  table([[t.client], [t.leftOn, "number"], [t.cause], [t.mrr, "number"], [t.before(90)], [t.before(60)], [t.before(30)], [t.before(1)], [t.alert, "number"]],
    (all ? result.backtest.cases : result.backtest.cases.slice(0, FIRST)).map(one => [client(one.clientId), day(one.day), t.causes[one.cause], one.mrr === undefined ? "" : decimals(one.mrr, 2), ...[90, 60, 30, 1].map(before => one.inForce.bandBefore[before] ? badge(one.inForce.bandBefore[before]) : ""),
      one.inForce.alertOn ? `${day(one.inForce.alertOn)} (${t.days(one.inForce.leadDays)})` : t.noAlert])),
  !all && result.backtest.cases.length > FIRST && h("button", { type: "button", class: "screen", onclick: () => { all = true; draw(); } }, t.showAll(result.backtest.cases.length)));

const moves = () => {
  const { rehearsal } = result;
  if (!rehearsal) return "";
  const state = one => [one.senseScore === undefined ? "–" : decimals(one.senseScore, 2), " ", one.band ? badge(one.band) : "", " ", badge(one.situation)];
  return h("section", { id: "moves" }, h("h2", null, t.moves), h("p", null, t.movesText(rehearsal.situations.filter(one => one.inForce !== one.candidate).reduce((sum, one) => sum + one.clients, 0), rehearsal.movedClients)),
    table([[t.client], [t.mrr, "number"], [t.inForce], [t.candidate], [t.because]], rehearsal.moved.map(one => [client(one.clientId), one.mrr === undefined ? "" : decimals(one.mrr, 2), state(one.inForce), state(one.candidate),
      one.because.map(because => `${because.indicator}: ${because.inForce === undefined ? "–" : decimals(because.inForce, 2)} → ${because.candidate === undefined ? "–" : decimals(because.candidate, 2)}`).join("; ")])),
    rehearsal.movedClients > rehearsal.moved.length && h("p", { class: "soft" }, t.more(rehearsal.movedClients - rehearsal.moved.length)),
    result.notRehearsed.length > 0 && h("p", null, t.notRehearsed(result.notRehearsed.join(", "))));
};

// Three rules of thumb of the field, each held against this history.
const thumbs = () => {
  if (!chosen || chosen.inForce.auc.value === undefined) return "";
  const { bands, churns } = chosen.inForce, red = bands.find(one => one.band === "red"), green = bands.find(one => one.band === "green");
  const seen = bands.filter(one => one.band !== "none").reduce((sum, one) => sum + one.churned.of, 0);
  const before = churns.bandBefore, known = before.red + before.yellow + before.green;
  const rule = (text, value, holds) => [text, value, holds === null ? few() : mark(holds)];
  const mark = holds => h("span", { class: "badge " + (holds ? "green" : "red") }, holds ? t.holds : t.holdsNot);
  return h("section", { id: "thumbs" }, h("h2", null, t.thumbs), table([[t.rule], [t.here, "number"], [""]], [
    rule(t.thumbRed, red.lift === undefined ? "" : decimals(red.lift, 2), red.lift === undefined ? null : red.lift >= 3),
    rule(t.thumbNotGreen(chosen.days), known < CLAIM ? "" : percent((known - before.green) / known), known < CLAIM ? null : 3 * (known - before.green) >= 2 * known),
    rule(t.thumbGreen, seen < CLAIM ? "" : percent(green.churned.of / seen), seen < CLAIM ? null : 5 * green.churned.of <= 4 * seen)]));
};

const draw = () => {
  t = TEXTS[language];
  document.documentElement.lang = t.locale;
  document.title = `${t.title} · ${day(result.to)}`;
  document.getElementById("page").replaceChildren(
    h("header", null, h("div", null, h("div", null, h("h1", null, t.title), h("p", { class: "soft" }, t.period(day(result.from), day(result.to), result.days), result.kind === "observed" ? "" : ` ${t.reconstructed(day(result.observedFrom))}`)),
      h("button", { type: "button", id: "language", class: "screen", lang: language === "pt" ? "en" : "pt-BR", onclick: () => { language = language === "pt" ? "en" : "pt"; draw(); document.getElementById("language").focus(); } }, t.other))),
    h("main", null, [answer(), figures(), indicators(), cases(), moves(), weights(), thumbs(), h("section", { id: "limits" }, h("h2", null, t.limits), t.limitsText.map(text => h("p", null, text)))].filter(Boolean)),
    h("footer", null, "Client KPIs"));
};
draw();
