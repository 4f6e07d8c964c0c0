// The page is drawn from the data that stands in it, in the language that is chosen. Text gets in as text only.
const unpack = async element => {
  const bytes = Uint8Array.from(atob(element.textContent), c => c.charCodeAt(0));
  return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
};
const data = await unpack(document.getElementById("data"));
const blocks = [...document.querySelectorAll("script.block")];
const fields = new Map(data.fields.map(field => [field.name, field]));
const otherFields = data.otherFields || [];
const tenantLanguage = data.language === "en" ? "en" : "pt";
const currency = data.currency || "BRL";

// How texts compare: without accents, case and punctuation.
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, "");
const PORTFOLIO = 0, INACTIVE = 1, UNREGISTERED = 2;
const clients = data.clients.map((line, place) => {
  const client = { place };
  data.columns.forEach((column, i) => { client[column] = line[i] ?? null; });
  [client.since, client.isNew, client.reasons, client.counted] = line.slice(data.columns.length);
  client.text = fold([client.name, client.clientId, client.cs].filter(Boolean).join(" "));
  return client;
});
const portfolio = clients.filter(client => client.counted === PORTFOLIO);
const byId = new Map(clients.map(client => [client.clientId, client]));

// Everything about a client, out of its block; the fields of its line are not in it twice.
const panelOf = async client => {
  const block = blocks[Math.floor(client.place / data.block)];
  block.unpacked ||= unpack(block);
  const panel = (await block.unpacked)[client.place % data.block], valueIn = name => data.columns.includes(name) ? client[name] : panel.fields[name];
  const names = [...fields.keys()].filter(name => name !== "clientId"), others = Object.keys(panel.fields).filter(name => !fields.has(name));
  return { ...panel, fields: Object.fromEntries([...names, ...others].map(name => [name, valueIn(name)]).filter(([, value]) => value !== null && value !== undefined)) };
};

const remembered = () => { try { return localStorage.getItem("client-kpis-language"); } catch { return null; } };
let language = TEXTS[remembered()] ? remembered() : tenantLanguage;
let t = TEXTS[language];

const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter(child => child !== null && child !== undefined && child !== false));
  return element;
};

// Numbers have the true minus, which no locale's format has.
const formats = new Map();
const numberFormat = (locale, least, most, unit) => {
  const key = `${locale} ${least} ${most} ${unit}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most, ...(unit ? { style: "currency", currency: unit } : {}) }));
  return formats.get(key);
};
const minus = (number, format) => (number < 0 ? "−" : "") + format.format(Math.abs(number));
const decimals = (number, least, most) => minus(number, numberFormat(t.locale, least, most, ""));
const whole = number => decimals(number, 0, 0);
const two = number => decimals(number, 2, 2);
const amount = number => minus(number, numberFormat(t.locale, 2, 2, currency));
const round = number => minus(number, numberFormat(t.locale, 0, 0, currency));
const percent = number => `${decimals(number, 0, 2)}%`;
const signed = (number, shown) => (number > 0 ? "+" : "") + shown(number);
const dayIn = (text, inLanguage) => {
  if (!text) return "";
  const [y, m, d] = text.split("-");
  return inLanguage === "pt" ? `${d}/${m}/${y}` : text;
};
const day = text => dayIn(text, language);
const shortDay = text => text.slice(0, 4) !== data.day.slice(0, 4) ? day(text) : language === "pt" ? `${text.slice(8, 10)}/${text.slice(5, 7)}` : text.slice(5);
const monthName = text => language === "pt" ? `${text.slice(5, 7)}/${text.slice(0, 4)}` : text;
const isDay = value => /^\d{4}-\d{2}-\d{2}$/.test(value);
const show = (name, value) => {
  if (value === null || value === undefined) return "";
  const field = fields.get(name);
  if (typeof value === "number") {
    const type = field ? field.type : "";
    if (type === "MONEY") return amount(value);
    if (type === "NUMBER") return decimals(value, field.scale, field.scale);
    if (type === "INTEGER" || type === "DAYS") return whole(value);
    return decimals(value, 0, 10);
  }
  if (name === "situation" || name === "senseScoreBand") return t[value] || value;
  return isDay(value) ? day(value) : String(value);
};
const label = name => {
  if (t.labels[name]) return t.labels[name];
  if (fields.has(name)) return fields.get(name)[language];
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.startsWith("playbooks.") ? t.playbook(name.slice(dot + 1)) : name.slice(dot + 1);
};
const head = name => name === "name" ? t.client : name === "score60" ? t.score60 : label(name);
const badge = name => h("span", { class: "badge " + name }, t[name] || name);
const scoreBadge = client => client.senseScore === null ? "" : h("span", { class: "score" }, show("senseScore", client.senseScore), " ", badge(client.senseScoreBand));
const tableName = name => t.tables[name] || name;
const figure = (name, ...shown) => h("span", { "data-figure": name }, ...shown);

// A table whose cells know their column, for a phone.
const row = (columns, cells, attributes) => h("tr", attributes, cells.map((cell, i) => h("td", { class: columns[i].class || null, "data-label": columns[i].label }, cell === "" ? null : h("div", null, cell))));
const table = (columns, rows, attributes) => h("table", { class: "cards", ...attributes },
  h("thead", null, h("tr", null, columns.map(column => h("th", { scope: "col", class: column.class || null, "aria-sort": column.sorted || null }, column.head || column.label)))),
  h("tbody", null, rows.map(cells => row(columns, cells))));
const choice = (text, value, options, change, attributes) => h("label", null, text, h("select", { ...attributes, onchange: event => change(event.target.value) },
  options.map(([name, shown]) => h("option", { value: name, selected: name === value }, shown))));

const nameButton = client => h("button", { class: "name", type: "button", "data-client": client.clientId, onclick: () => open(client) }, client.name || client.clientId);
