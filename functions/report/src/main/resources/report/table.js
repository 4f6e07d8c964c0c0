// All clients: which ones, in which order, with which columns. The address remembers it, so that a link can be sent.
const FIRST = 100;
const FILTERS = ["cs", "segment", "plan", "stage", "size", "status", "situation", "senseScoreBand"];
const COLUMNS = ["name", "situation", "senseScore", "score60", "mrr", "renewalOn", "nps", "engagementScore", "overdueTitles", "cs", "segment"];
const fresh = () => ({ search: "", counted: String(PORTFOLIO), sort: null, down: false, columns: COLUMNS, ...Object.fromEntries(FILTERS.map(name => [name, null])) });
let state = fresh(), redraw = () => {};

const remember = () => {
  const all = new URLSearchParams();
  if (opened) all.set("client", opened.clientId);
  if (state.search) all.set("search", state.search);
  if (state.counted !== String(PORTFOLIO)) all.set("counted", state.counted);
  FILTERS.forEach(name => { if (state[name] !== null) all.set(name, state[name]); });
  if (state.sort !== null) all.set("sort", (state.down ? "-" : "") + state.sort);
  if (state.columns.join() !== COLUMNS.join()) all.set("columns", state.columns.join());
  const hash = all.toString();
  // A browser may refuse too many changes in a row; the next one is as good.
  try { if (hash || location.hash) history.replaceState(null, "", `#${hash}`); } catch { /* Nothing is lost. */ }
};
const recall = () => {
  const all = new URLSearchParams(location.hash.slice(1)), known = new Set([...fields.keys(), ...otherFields, "score60"]);
  state = fresh();
  state.search = all.get("search") || "";
  if (["1", "2", "all"].includes(all.get("counted"))) state.counted = all.get("counted");
  FILTERS.forEach(name => { if (all.has(name)) state[name] = all.get(name); });
  const sort = (all.get("sort") || "").replace(/^-/, "");
  if (known.has(sort)) { state.sort = sort; state.down = all.get("sort").startsWith("-"); }
  const columns = (all.get("columns") || "").split(",").filter(name => known.has(name));
  if (columns.length > 0) state.columns = ["name", ...columns.filter(name => name !== "name")];
  return byId.get(all.get("client")) || null;
};
const filterBy = (name, value) => {
  state = { ...fresh(), columns: state.columns, [name]: value };
  redraw();
  document.getElementById("clients").scrollIntoView();
  document.getElementById("search").focus({ preventScroll: true });
};

// Columns that are not in the lines are in the blocks.
const inLine = name => data.columns.includes(name) || name === "score60";
const valueOf = (client, name) => inLine(name) ? client[name] : (client.panel ? client.panel.fields[name] ?? null : null);
const loadAll = () => Promise.all(clients.map(async client => { client.panel ||= await panelOf(client); }));
const needsAll = () => [...state.columns, state.sort].some(name => name !== null && !inLine(name)) && clients.some(client => !client.panel);
const isNumeric = name => name === "score60" ? false : fields.has(name) ? ["MONEY", "NUMBER", "INTEGER", "DAYS"].includes(fields.get(name).type) : clients.some(client => typeof valueOf(client, name) === "number");

const matching = () => {
  const words = fold(state.search).split(/\s+/).filter(Boolean);
  const found = clients.filter(client => (state.counted === "all" || String(client.counted) === state.counted)
    && FILTERS.every(name => state[name] === null || (client[name] || (name === "senseScoreBand" ? "none" : "")) === state[name]) && words.every(word => client.text.includes(word)));
  if (state.sort === null) return found;
  const collator = new Intl.Collator(t.locale, { numeric: true }), sign = state.down ? -1 : 1, of = state.sort === "score60" ? "senseScore" : state.sort;
  return found.map(client => ({ client, value: valueOf(client, of) })).sort((a, b) => {
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.client.place - b.client.place;
    return sign * (typeof a.value === "number" ? a.value - b.value : collator.compare(a.value, b.value)) || a.client.place - b.client.place;
  }).map(one => one.client);
};

const everyClient = () => {
  const place = h("div", { class: "scroll" }), count = h("p", { class: "soft", role: "status", id: "found" }), filters = h("div", { class: "filters", role: "search" });
  let most = FIRST;
  const cell = (client, name) => {
    if (name === "name") return [nameButton(client), client.counted === PORTFOLIO ? "" : [" ", h("span", { class: "badge" }, t.countedNames[client.counted])]];
    if (name === "situation") return client.situation ? badge(client.situation) : "";
    if (name === "senseScore") return scoreBadge(client);
    if (name === "score60") return h("span", { class: "sparks", "data-place": client.place });
    return show(name, valueOf(client, name));
  };
  const sparks = async () => {
    for (const spark of place.querySelectorAll(".sparks:empty")) {
      const client = clients[spark.dataset.place];
      client.panel ||= await panelOf(client);
      spark.replaceChildren(sparkline(client.panel));
    }
  };
  const drawRows = async () => {
    if (needsAll()) await loadAll();
    const found = matching(), columns = state.columns;
    count.textContent = t.found(found.length, clients.filter(client => state.counted === "all" || String(client.counted) === state.counted).length);
    const heads = columns.map(name => ({
      label: head(name), class: (name === "name" ? "wide" : isNumeric(name) ? "number" : /On$/.test(name) ? "date" : "text") + (["nps", "engagementScore", "overdueTitles", "segment"].includes(name) && columns === COLUMNS ? " minor" : ""),
      sorted: state.sort === name ? (state.down ? "descending" : "ascending") : null,
      head: h("button", { type: "button", "data-sort": name, onclick: () => {
        state.down = state.sort === name ? !state.down : isNumeric(name);
        state.sort = name;
        change(); place.querySelector(`[data-sort="${CSS.escape(name)}"]`).focus();
      } }, head(name)),
    }));
    const line = client => row(heads, columns.map(name => cell(client, name)), { "data-row": client.clientId });
    const all = table(heads, [], { id: "all-clients" });
    all.tBodies[0].append(...found.slice(0, most).map(line));
    const left = () => found.length - most;
    const add = n => { all.tBodies[0].append(...found.slice(most, most + n).map(line)); most += n; };
    place.replaceChildren(all, left() > 0 ? h("button", { type: "button", class: "more", onclick: event => {
      add(FIRST); sparks();
      if (left() <= 0) event.target.remove(); else event.target.textContent = t.more(whole(Math.min(FIRST, left())));
    } }, t.more(whole(Math.min(FIRST, left())))) : "");
    place.wholeTable = () => { if (left() > 0) add(left()); };
    sparks();
  };
  const change = () => { most = FIRST; remember(); drawRows(); };
  const filter = name => {
    const blank = name === "senseScoreBand" ? "none" : "";
    const values = [...new Set(clients.map(client => client[name] || blank))].sort(new Intl.Collator(t.locale).compare);
    if (state[name] !== null && !values.includes(state[name])) values.push(state[name]);
    if (values.length < 2 && state[name] === null) return "";
    const shown = value => value === "" ? t.blank : name === "situation" || name === "senseScoreBand" ? t[value] || value : value;
    return h("label", null, name === "senseScoreBand" ? t.band : label(name), h("select", { "data-filter": name, onchange: event => { state[name] = event.target.selectedIndex === 0 ? null : event.target.value; change(); } },
      h("option", { value: "" }, t.all), values.map(value => h("option", { value, selected: state[name] === value }, shown(value)))));
  };
  const drawFilters = () => {
    const kinds = [0, 1, 2].filter(kind => clients.some(client => client.counted === kind));
    filters.replaceChildren(...[
      h("label", { class: "search" }, t.search, h("input", { type: "search", id: "search", value: state.search, oninput: event => { state.search = event.target.value; change(); } })),
      kinds.length > 1 || state.counted !== "0" ? choice(t.counted, state.counted, [...[0, 1, 2].map(kind => [String(kind), t.countedNames[kind]]), ["all", t.all]], value => { state.counted = value; change(); }, { "data-filter": "counted" }) : "",
      ...FILTERS.map(filter),
      choice(t.sort, state.sort || "", [["", t.matters], ...state.columns.map(name => [name, head(name)])], value => { state.sort = value || null; state.down = state.sort !== null && isNumeric(state.sort); change(); }, { id: "sort" }),
    ].filter(Boolean));
  };
  const columnChoice = () => h("details", { class: "columns" }, h("summary", null, t.columns), h("div", null,
    [...new Set([...COLUMNS, ...data.fields.map(field => field.name).filter(name => name !== "clientId"), ...otherFields])].filter(name => name !== "name").map(name => h("label", null,
      h("input", { type: "checkbox", "data-column": name, checked: state.columns.includes(name), onchange: event => { state.columns = event.target.checked ? [...state.columns, name] : state.columns.filter(one => one !== name); if (state.columns.join() === COLUMNS.join()) state.columns = COLUMNS; change(); } }), " ", head(name)))));
  redraw = () => { drawFilters(); change(); };
  drawFilters(); drawRows();
  const total = data.totals.all.clients + data.totals.inactive.clients + data.totals.unregistered.clients;
  return h("section", { id: "clients", "aria-labelledby": "clients-title" }, h("h2", { id: "clients-title" }, t.clients),
    total > clients.length ? h("p", { class: "warning" }, t.truncated(whole(clients.length), whole(total))) : "",
    reconstructedNote(`${t.score60}, ${t.dashed.toLowerCase()}`, data.reconstructedUntil > dayAfter(data.day, -60) && data.reconstructedUntil),
    filters, h("div", { class: "controls bar" }, columnChoice(), h("button", { type: "button", id: "clear", onclick: () => { state = fresh(); redraw(); } }, t.clear), h("button", { type: "button", id: "export", onclick: () => download(matching()) }, t.export)), count, place);
};
addEventListener("beforeprint", () => document.querySelectorAll("#clients .scroll").forEach(place => place.wholeTable && place.wholeTable()));
