"use strict";
// The page is drawn from the data that stands in it, in the language that is chosen. Text gets in as text only.
(async () => {
  const TEXTS = {
    pt: {
      locale: "pt-BR", other: "English", title: "Carteira de clientes", asOf: "em", skip: "Ir para o conteúdo", sections: "Seções",
      glance: "A carteira num relance", calls: "Quem precisa de contato", clients: "Todos os clientes", csmi: "Maturidade de CS (CSMI)", health: "Saúde dos dados",
      clientsCount: "Clientes", mrr: "MRR", today: "Hoje", week: "contra 7 dias atrás", month: "contra 30 dias atrás", noBefore: "Ainda não há recálculo de 7 ou 30 dias atrás para comparar.",
      situation: "Situação", band: "Faixa", risk: "Risco", opportunity: "Oportunidade", neutral: "Neutro", red: "Vermelho", yellow: "Amarelo", green: "Verde", none: "Sem score", new: "Novo",
      moved: "O que mudou em 7 dias", nothingMoved: "Nenhum cliente mudou de situação em 7 dias.", movedRow: (n, from, to, mrr) => `${n} de ${from} para ${to} (MRR ${mrr})`, newClient: "cliente novo",
      risks: "Em risco", opportunities: "Em oportunidade", renewals: "Renovações nos próximos 90 dias", nobody: "Ninguém.", why: "Por quê", since: "Desde", cs: "CS", renewal: "Renovação", client: "Cliente", newBadge: "novo",
      showAll: n => `Mostrar todos (${n})`, more: n => `Mostrar mais ${n}`, search: "Buscar por nome, id ou responsável", all: "Todos", sort: "Ordenar por", matters: "O que mais importa", blank: "(vazio)", found: (n, of) => `${n} de ${of} clientes`,
      truncated: (n, of) => `A página mostra os ${n} clientes que mais importam, de ${of}; os outros estão no `, csvLink: "CSV com todos os clientes", close: "Fechar",
      fields: "Campos", field: "Campo", value: "Valor", source: "Origem", indicators: "SenseScore por indicador", indicator: "Indicador", weight: "Peso", points: "Pontos", contribution: "Contribuição", noData: "sem dados",
      history: "60 dias de SenseScore e engajamento", changes: "Mudanças de situação até aqui", noChanges: "Nenhuma mudança registrada.", decided: "Como a situação foi decidida", holds: "vale", holdsNot: "não vale", is: "é", operands: { mean60: "média de 60 dias", mean7: "média de 7 dias" },
      integration: "integração", calculated: "calculado", rule: "regra", manual: "manual", below: "abaixo", by: "por", until: "até", upload: "envio", daily: "recálculo diário", configuration: "configuração", override: "ajuste manual",
      noAssessment: "Ainda não há avaliação. Preencha o modelo com níveis de 1 a 5 e envie-o como tabela maturity.", index: "Índice", coverage: "Cobertura", weakest: "Pilar mais fraco", change: "Desde a anterior", pillar: "Pilar", level: "Nível", item: "Item", answered: "Respondidos", current: "Atual", previous: "Anterior", notAnswered: "não avaliado", levelOf: n => `nível ${n} de 5`,
      measured: "Medido nos próprios dados", clientsPerCs: "Clientes por CS", mrrPerCs: "MRR por CS", accountCoverage: "Clientes com atividade concluída em 90 dias", withSponsor: "Clientes com sponsor ativo",
      uploads: "Envios do dia", noUploads: "Nenhum envio neste dia.", file: "Arquivo", table: "Tabela", status: "Estado", rows: "Linhas", rejected: "Recusadas", receipt: "Recibo", rejectedRows: "linhas recusadas",
      applied: "aplicado", applying: "em aplicação", rejectedFile: "recusado", quarantined: "em quarentena", warnings: "Avisos do último envio de cada tabela", noWarnings: "Os últimos envios não têm avisos.", warning: "O que conferir", late: "Tabelas atrasadas", notLate: "Nenhuma tabela está atrasada.", lateRow: (table, last, days, twice) => `${table}: último envio em ${last}, há ${days} dias; o dobro do intervalo mediano é ${twice}.`,
      unregistered: "Clientes sem cadastro", noUnregistered: "Todos os clientes estão no cadastro.", unregisteredCount: n => n === "1" ? "1 cliente aparece em outras tabelas e não no cadastro." : `${n} clientes aparecem em outras tabelas e não no cadastro.`, probably: "provavelmente", score: "Cobertura do score", scoreText: (w, wo, c) => `${w} clientes têm SenseScore e ${wo} não têm; na média, ${c}% do peso tem dados.`,
      manualReason: "situação definida à mão", fellFrom: (label, a, b, days) => `${label} caiu de ${a} para ${b} em ${days} dias`, isNow: (label, b) => `${label} em ${b}`,
      overdueTitles: (n, since) => `${n} ${n === "1" ? "título vencido" : "títulos vencidos"}${since ? " desde " + since : ""}`, ticketsAboveSla: n => `${n} ${n === "1" ? "chamado" : "chamados"} acima do SLA`, engagementScore: "engajamento", madeFrom: "Feito dos dados de",
    },
    en: {
      locale: "en", other: "Português", title: "Client portfolio", asOf: "as of", skip: "Skip to content", sections: "Sections",
      glance: "The portfolio at a glance", calls: "Who needs a call", clients: "Every client", csmi: "CS maturity (CSMI)", health: "Data health",
      clientsCount: "Clients", mrr: "MRR", today: "Today", week: "against 7 days ago", month: "against 30 days ago", noBefore: "There is no recalculation of 7 or 30 days ago to compare with yet.",
      situation: "Situation", band: "Band", risk: "Risk", opportunity: "Opportunity", neutral: "Neutral", red: "Red", yellow: "Yellow", green: "Green", none: "No score", new: "New",
      moved: "What moved in 7 days", nothingMoved: "No client changed its situation in 7 days.", movedRow: (n, from, to, mrr) => `${n} from ${from} to ${to} (MRR ${mrr})`, newClient: "new client",
      risks: "In risk", opportunities: "In opportunity", renewals: "Renewals in the next 90 days", nobody: "Nobody.", why: "Why", since: "Since", cs: "CS", renewal: "Renewal", client: "Client", newBadge: "new",
      showAll: n => `Show all (${n})`, more: n => `Show ${n} more`, search: "Search by name, id or person", all: "All", sort: "Sort by", matters: "What matters most", blank: "(blank)", found: (n, of) => `${n} of ${of} clients`,
      truncated: (n, of) => `The page shows the ${n} clients that matter most, of ${of}; the others are in the `, csvLink: "CSV of every client", close: "Close",
      fields: "Fields", field: "Field", value: "Value", source: "Source", indicators: "SenseScore by indicator", indicator: "Indicator", weight: "Weight", points: "Points", contribution: "Contribution", noData: "no data",
      history: "60 days of SenseScore and engagement", changes: "Changes of situation so far", noChanges: "No change was recorded.", decided: "How the situation was decided", holds: "holds", holdsNot: "does not hold", is: "is", operands: { mean60: "mean of 60 days", mean7: "mean of 7 days" },
      integration: "integration", calculated: "calculated", rule: "rule", manual: "manual", below: "below", by: "by", until: "through", upload: "upload", daily: "daily recalculation", configuration: "configuration", override: "override",
      noAssessment: "There is no assessment yet. Fill in the template with levels from 1 to 5 and upload it as table maturity.", index: "Index", coverage: "Coverage", weakest: "Weakest pillar", change: "Since the previous", pillar: "Pillar", level: "Level", item: "Item", answered: "Answered", current: "Current", previous: "Previous", notAnswered: "not assessed", levelOf: n => `level ${n} of 5`,
      measured: "Measured from the company's own data", clientsPerCs: "Clients per CS", mrrPerCs: "MRR per CS", accountCoverage: "Clients with an activity completed in 90 days", withSponsor: "Clients with an active sponsor",
      uploads: "The day's uploads", noUploads: "No upload on this day.", file: "File", table: "Table", status: "Status", rows: "Rows", rejected: "Rejected", receipt: "Receipt", rejectedRows: "rejected rows",
      applied: "applied", applying: "being applied", rejectedFile: "rejected", quarantined: "quarantined", warnings: "Warnings of each table's latest upload", noWarnings: "The latest uploads have no warnings.", warning: "What to look at", late: "Late tables", notLate: "No table is late.", lateRow: (table, last, days, twice) => `${table}: last upload on ${last}, ${days} days ago; twice the median gap is ${twice}.`,
      unregistered: "Clients that are not registered", noUnregistered: "Every client is registered.", unregisteredCount: n => n === "1" ? "1 client is in other tables and not in the registry." : `${n} clients are in other tables and not in the registry.`, probably: "probably", score: "Coverage of the score", scoreText: (w, wo, c) => `${w} clients have a SenseScore and ${wo} have none; on average ${c}% of the weight has data.`,
      manualReason: "situation set by hand", fellFrom: (label, a, b, days) => `${label} fell from ${a} to ${b} in ${days} days`, isNow: (label, b) => `${label} at ${b}`,
      overdueTitles: (n, since) => `${n} overdue ${n === "1" ? "title" : "titles"}${since ? " since " + since : ""}`, ticketsAboveSla: n => `${n} ${n === "1" ? "ticket" : "tickets"} above SLA`, engagementScore: "engagement", madeFrom: "Made from the data of",
    },
  };
  const FIRST = 100, CALLS = 20;

  const unpack = async element => {
    const bytes = Uint8Array.from(atob(element.textContent), c => c.charCodeAt(0));
    return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text());
  };
  const data = await unpack(document.getElementById("data"));
  const blocks = [...document.querySelectorAll("script.block")];
  const fields = new Map(data.fields.map(field => [field.name, field]));
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const clients = data.clients.map((line, place) => {
    const client = { place };
    data.columns.forEach((column, i) => { client[column] = line[i]; });
    [client.since, client.isNew, client.reasons] = line.slice(data.columns.length);
    client.text = fold([client.name, client.clientId, client.cs].filter(Boolean).join(" "));
    return client;
  });
  // Where the bucket's objects lie beside this page: in the bucket, or in a folder that a local run wrote.
  const inBucket = /\/reports\/[^/]+\/[^/]+\/[^/]*$/.test(location.pathname);
  const link = key => (inBucket ? "../../../" : "../") + key.split("/").map(encodeURIComponent).join("/");

  const remembered = () => { try { return localStorage.getItem("client-kpis-language"); } catch { return null; } };
  let language = remembered() || ((navigator.language || "pt").toLowerCase().startsWith("pt") ? "pt" : "en");
  let t = TEXTS[language];

  const h = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
    return element;
  };

  const formats = new Map();
  const decimals = (number, least, most) => {
    const key = `${t.locale} ${least} ${most}`;
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(t.locale, { minimumFractionDigits: least, maximumFractionDigits: most }));
    return formats.get(key).format(number);
  };
  const whole = number => decimals(number, 0, 0);
  const money = number => decimals(number, 2, 2);
  const signed = (number, shown) => (number > 0 ? "+" : number < 0 ? "−" : "") + shown(Math.abs(number));
  const day = text => {
    if (!text) return "";
    const [y, m, d] = text.split("-");
    return language === "pt" ? `${d}/${m}/${y}` : text;
  };
  const dayAndMonth = text => language === "pt" ? text.slice(8, 10) + "/" + text.slice(5, 7) : text.slice(5);
  const show = (name, value) => {
    if (value === null || value === undefined) return "";
    const field = fields.get(name);
    if (typeof value === "number") {
      const type = field ? field.type : "";
      if (type === "MONEY") return money(value);
      if (type === "NUMBER") return decimals(value, field.scale, field.scale);
      if (type === "INTEGER" || type === "DAYS") return whole(value);
      return decimals(value, 0, 10);
    }
    if (name === "situation" || name === "senseScoreBand") return t[value] || value;
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? day(value) : String(value);
  };
  const label = name => fields.has(name) ? fields.get(name)[language] : name;
  const badge = name => h("span", { class: "badge " + name }, t[name] || name);

  // A table whose cells know their column, for a phone.
  const table = (columns, rows, attributes) => h("table", { class: "cards", ...attributes },
    h("thead", null, h("tr", null, columns.map(column => h("th", { scope: "col", class: column.class || null, "aria-sort": column.sorted || null }, column.head || column.label)))),
    h("tbody", null, rows.map(cells => row(columns, cells))));
  const row = (columns, cells) => h("tr", null, cells.map((cell, i) => h("td", { class: columns[i].class || null, "data-label": columns[i].label }, cell)));

  const reason = one => {
    if (one.manual !== undefined) return t.manualReason + (one.manual ? `: ${one.manual}` : "");
    const value = show(one.field, one.value);
    if (one.field === "overdueTitles") return t.overdueTitles(value, one.since && (one.since.slice(0, 4) === data.day.slice(0, 4) ? dayAndMonth(one.since) : day(one.since)));
    if (one.field === "ticketsAboveSla") return t.ticketsAboveSla(value);
    const name = one.field === "engagementScore" ? t.engagementScore : label(one.field);
    return one.before === undefined ? t.isNow(name, value) : t.fellFrom(name, show(one.field, one.before), value, one.days);
  };

  const nameButton = client => h("button", { class: "name", type: "button", "data-client": client.clientId, onclick: () => open(client) }, client.name || client.clientId);

  // ------------------------------------------------------------------------------------------------------- sections

  const glance = () => {
    const { today, week, month } = data.summaries;
    const of = (summary, group, name, what) => summary ? ((summary[group] || {})[name] || { clients: 0, mrr: 0 })[what] : null;
    const total = (summary, what) => summary ? Object.values(summary.situations).reduce((sum, one) => sum + one[what], 0) : null;
    const against = (now, then, shown) => then === null ? "–" : signed(Math.round((now - then) * 100) / 100, shown);
    const line = (summaryOf, badgeOf, figure) => {
      const clientsNow = summaryOf(today, "clients"), mrrNow = summaryOf(today, "mrr");
      const cell = (what, then, shown, now) => h("span", { "data-figure": `${figure}.${what}` }, then === undefined ? shown(now) : against(now, then, shown));
      return [badgeOf,
        cell("clients", undefined, whole, clientsNow), cell("clients.week", summaryOf(week, "clients"), whole, clientsNow), cell("clients.month", summaryOf(month, "clients"), whole, clientsNow),
        cell("mrr", undefined, money, mrrNow), cell("mrr.week", summaryOf(week, "mrr"), money, mrrNow), cell("mrr.month", summaryOf(month, "mrr"), money, mrrNow)];
    };
    const columns = first => [{ label: first }, { label: t.clientsCount, class: "number" }, { label: `${t.clientsCount}, ${t.week}`, class: "number" }, { label: `${t.clientsCount}, ${t.month}`, class: "number" },
      { label: t.mrr, class: "number" }, { label: `${t.mrr}, ${t.week}`, class: "number" }, { label: `${t.mrr}, ${t.month}`, class: "number" }];
    const rows = (group, names) => names.map(name => line((summary, what) => of(summary, group, name, what), badge(name), `${group}.${name}`));
    const tile = (name, text, clientsNow, mrrNow, figure) => h("div", { class: "tile " + name }, h("span", null, text),
      h("strong", { "data-figure": `tile.${figure}.clients` }, whole(clientsNow)), h("small", { "data-figure": `tile.${figure}.mrr` }, `${t.mrr} ${money(mrrNow)}`));
    const bands = ["red", "yellow", "green", "none"].filter(name => name !== "none" || of(today, "bands", "none", "clients"));
    return h("section", { id: "glance", "aria-labelledby": "glance-title" }, h("h2", { id: "glance-title" }, t.glance),
      h("div", { class: "tiles" },
        tile("", t.clientsCount, total(today, "clients"), total(today, "mrr"), "all"),
        ["risk", "opportunity", "neutral"].map(name => tile(name, t[name], of(today, "situations", name, "clients"), of(today, "situations", name, "mrr"), name))),
      !week && !month ? h("p", { class: "soft" }, t.noBefore) : null,
      h("h3", null, t.situation), table(columns(t.situation), [...rows("situations", ["risk", "opportunity", "neutral"]), line(total, t.all, "total")]),
      h("h3", null, t.band), table(columns(t.band), rows("bands", bands)),
      h("h3", null, t.moved),
      data.totals.moved.length === 0 ? h("p", null, t.nothingMoved)
        : h("ul", { id: "moved" }, data.totals.moved.map(one => h("li", null, t.movedRow(whole(one.clients), one.from === "new" ? t.newClient : t[one.from].toLowerCase(), t[one.to].toLowerCase(), money(one.mrr))))));
  };

  const calls = () => {
    const list = (id, title, total, ones, columns, cells) => {
      let most = CALLS;
      const place = h("div", { id });
      const draw = () => {
        place.replaceChildren(h("h3", null, `${title} · `, h("span", { "data-figure": `${id}.clients` }, whole(total.clients)), ` · ${t.mrr} `, h("span", { "data-figure": `${id}.mrr` }, money(total.mrr))),
          ones.length === 0 ? h("p", null, t.nobody) : table(columns, ones.slice(0, most).map(cells)),
          ones.length > most ? h("button", { type: "button", class: "more", onclick: () => { most = Infinity; draw(); } }, t.showAll(whole(ones.length))) : "");
      };
      draw();
      return place;
    };
    const newFirst = (a, b) => b.isNew - a.isNew || (b.mrr || 0) - (a.mrr || 0);
    const columns = [{ label: t.client, class: "wide" }, { label: t.why, class: "wide" }, { label: t.since, class: "date" }, { label: t.mrr, class: "number" }, { label: t.renewal, class: "date" }, { label: t.cs }];
    const cells = client => [[nameButton(client), " ", client.isNew ? h("span", { class: "badge new" }, t.newBadge) : ""],
      (client.reasons || []).map(reason).join("; "), day(client.since), show("mrr", client.mrr), day(client.renewalOn), client.cs || ""];
    const group = name => data.summaries.today.situations[name] || { clients: 0, mrr: 0 };
    const renewals = clients.filter(client => client.daysToRenewal !== null && client.daysToRenewal >= 0 && client.daysToRenewal <= 90).sort((a, b) => a.daysToRenewal - b.daysToRenewal || (b.mrr || 0) - (a.mrr || 0));
    return h("section", { id: "calls", "aria-labelledby": "calls-title" }, h("h2", { id: "calls-title" }, t.calls),
      list("risks", t.risks, group("risk"), clients.filter(client => client.situation === "risk").sort(newFirst), columns, cells),
      list("opportunities", t.opportunities, group("opportunity"), clients.filter(client => client.situation === "opportunity").sort(newFirst), columns, cells),
      list("renewals", t.renewals, data.totals.renewals, renewals,
        [{ label: t.client, class: "wide" }, { label: t.renewal, class: "date" }, { label: label("daysToRenewal"), class: "number" }, { label: t.mrr, class: "number" }, { label: "SenseScore", class: "number" }, { label: t.situation }, { label: t.cs }],
        client => [nameButton(client), day(client.renewalOn), show("daysToRenewal", client.daysToRenewal), show("mrr", client.mrr),
          client.senseScore === null ? "" : [show("senseScore", client.senseScore), " ", badge(client.senseScoreBand)], badge(client.situation || "neutral"), client.cs || ""]));
  };

  const state = { search: "", cs: null, segment: null, stage: null, situation: null, sort: null, down: false };
  const everyClient = () => {
    const columns = ["name", "situation", "senseScore", "mrr", "renewalOn", "nps", "engagementScore", "overdueTitles", "cs", "segment", "stage"];
    const numeric = name => typeof (clients.find(client => client[name] !== null) || {})[name] === "number" || ["senseScore", "mrr", "nps", "engagementScore", "overdueTitles"].includes(name);
    const place = h("div", null), count = h("p", { class: "soft", role: "status", id: "found" });
    let sorted = clients, most = FIRST;
    const sort = () => {
      if (state.sort === null) { sorted = clients; return; }
      const collator = new Intl.Collator(t.locale, { numeric: true }), sign = state.down ? -1 : 1;
      sorted = [...clients].sort((a, b) => {
        const x = a[state.sort], y = b[state.sort];
        if (x === null || y === null) return (x === null) - (y === null) || a.place - b.place;
        return sign * (typeof x === "number" ? x - y : collator.compare(x, y)) || a.place - b.place;
      });
    };
    const matching = () => {
      const words = fold(state.search).split(/\s+/).filter(Boolean);
      return sorted.filter(client => ["cs", "segment", "stage", "situation"].every(name => state[name] === null || (client[name] || "") === state[name]) && words.every(word => client.text.includes(word)));
    };
    const draw = () => {
      const found = matching();
      count.textContent = t.found(whole(found.length), whole(clients.length));
      const heads = columns.map(name => ({
        label: name === "name" ? t.client : label(name), class: name === "name" ? "wide" : numeric(name) ? "number" : name === "renewalOn" ? "date" : "text",
        sorted: state.sort === name ? (state.down ? "descending" : "ascending") : null,
        head: h("button", { type: "button", "data-sort": name, onclick: () => {
          state.down = state.sort === name ? !state.down : numeric(name);
          state.sort = name;
          sort(); draw();
          place.querySelector(`[data-sort="${name}"]`).focus();
        } }, name === "name" ? t.client : label(name)),
      }));
      const cells = client => columns.map(name => name === "name" ? nameButton(client) : name === "situation" ? (client.situation ? badge(client.situation) : "") : name === "senseScore" && client.senseScore !== null ? [show(name, client.senseScore), " ", badge(client.senseScoreBand)] : show(name, client[name]));
      const all = table(heads, found.slice(0, most).map(cells), { id: "all-clients" });
      const left = found.length - most;
      place.replaceChildren(all, left > 0 ? h("button", { type: "button", class: "more", onclick: event => {
        const body = all.tBodies[0];
        found.slice(most, most + FIRST).forEach(client => body.append(row(heads, cells(client))));
        most += FIRST;
        if (most >= found.length) event.target.remove(); else event.target.textContent = t.more(whole(Math.min(FIRST, found.length - most)));
      } }, t.more(whole(Math.min(FIRST, left)))) : "");
    };
    const change = () => { most = FIRST; draw(); };
    const filter = name => {
      const values = [...new Set(clients.map(client => client[name] || ""))].sort(new Intl.Collator(t.locale).compare);
      const select = h("select", { "data-filter": name, onchange: event => { state[name] = event.target.selectedIndex === 0 ? null : event.target.value; change(); } },
        h("option", { value: "" }, t.all), values.map(value => h("option", { value, selected: state[name] === value }, value === "" ? t.blank : name === "situation" ? t[value] : value)));
      return h("label", null, label(name), select);
    };
    sort(); draw();
    return h("section", { id: "clients", "aria-labelledby": "clients-title" }, h("h2", { id: "clients-title" }, t.clients),
      data.totals.all.clients > clients.length
        ? h("p", { class: "warning" }, t.truncated(whole(clients.length), whole(data.totals.all.clients)), h("a", { href: csv() }, t.csvLink), ".")
        : h("p", { class: "soft" }, h("a", { href: csv() }, t.csvLink)),
      h("div", { class: "filters", role: "search" },
        h("label", { class: "search" }, t.search, h("input", { type: "search", id: "search", value: state.search, oninput: event => { state.search = event.target.value; change(); } })),
        filter("cs"), filter("segment"), filter("stage"), filter("situation"),
        h("label", { class: "sort" }, t.sort, h("select", { id: "sort", onchange: event => { state.sort = event.target.value || null; state.down = state.sort !== null && numeric(state.sort); sort(); change(); } },
          h("option", { value: "" }, t.matters), columns.map(name => h("option", { value: name, selected: state.sort === name }, name === "name" ? t.client : label(name)))))),
      count, place);
  };
  const csv = () => inBucket ? link(data.csv) : "../clients.csv";

  // -------------------------------------------------------------------------------------------------- a client's panel

  const sourceText = one => {
    if (!one) return "";
    if (one.source === "integration") return `${t.integration}: ${one.table}`;
    if (one.source === "rule") return `${t.rule} ${one.position}`;
    if (one.source === "manual") return [t.manual, one.author && `${t.by} ${one.author}`, one.reason, one.expiresOn && `${t.until} ${day(one.expiresOn)}`].filter(Boolean).join(", ");
    return one.table ? `${t.calculated}: ${one.table}` : t.calculated;
  };
  const sourceCell = (name, one) => {
    const lines = [h("div", null, sourceText(one))];
    for (let below = one && one.below; below; below = below.below) lines.push(h("div", { class: "soft" }, `${t.below}: ${show(name, below.value)} (${sourceText(below)})`));
    return lines;
  };
  const expand = (steps, days) => {
    const values = Array(days).fill(null);
    steps.forEach(([from, value], i) => values.fill(value, from, i + 1 < steps.length ? steps[i + 1][0] : days));
    return values;
  };
  const panelElement = document.getElementById("panel");
  let opened = null, drawn = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const chart = (canvas, configuration) => {
    Chart.defaults.color = colour("--ink");
    Chart.defaults.borderColor = colour("--line");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    const made = new Chart(canvas, configuration);
    drawn.push({ canvas, configuration, made });
    return made;
  };
  const dropCharts = inside => { drawn = drawn.filter(one => { if (!inside.contains(one.canvas)) return true; one.made.destroy(); return false; }); };

  const open = async client => {
    const block = blocks[Math.floor(client.place / data.block)];
    block.unpacked ||= unpack(block);
    const all = (await block.unpacked)[client.place % data.block];
    opened = client;
    dropCharts(panelElement);
    const columns = [{ label: t.field, class: "wide" }, { label: t.value }, { label: t.source }];
    const canvas = h("canvas", { role: "img", "aria-label": t.history });
    const value = operand => operand.value === undefined ? t.noData : operand.value !== "" && Number.isFinite(Number(operand.value)) ? money(Number(operand.value)) : (t[operand.value] || operand.value);
    const operand = one => ["zero", "value", "band"].includes(one.name) ? value(one) : `${t.operands[one.name] || one.name} ${value(one)}`;
    panelElement.replaceChildren(...[
      h("header", null, h("div", null, h("h2", { id: "panel-name" }, client.name || client.clientId),
        h("p", null, h("span", { class: "soft" }, client.clientId), " ", client.situation ? badge(client.situation) : "", " ", client.senseScoreBand ? badge(client.senseScoreBand) : "")),
        h("button", { type: "button", class: "controls", onclick: () => panelElement.close() }, t.close)),
      client.reasons && client.reasons.length ? h("p", { class: "warning" }, client.reasons.map(reason).join("; ")) : "",
      all.scores ? [h("h3", null, t.history), h("div", { class: "chart" }, canvas)] : "",
      all.indicators ? [h("h3", null, t.indicators), table(
        [{ label: t.indicator }, { label: t.field }, { label: t.value, class: "number" }, { label: t.weight, class: "number" }, { label: t.points, class: "number" }, { label: t.contribution, class: "number" }],
        all.indicators.map(part => [part.name, label(part.field), part.value === undefined ? t.noData : show(part.field, part.value), decimals(part.weight, 0, 4), part.points === undefined ? "–" : money(part.points), part.contribution === undefined ? "–" : money(part.contribution)]), { id: "panel-indicators" })] : "",
      all.comparisons && all.comparisons.length ? [h("h3", null, t.decided), h("ul", null, all.comparisons.map(one =>
        h("li", null, `${t[one.clause] || one.clause}: ${label(one.of)}, ${operand(one.left)} ${one.operator === "is" ? t.is : one.operator} ${operand(one.right)}: ${one.holds ? t.holds : t.holdsNot}`)))] : "",
      all.transitions ? [h("h3", null, t.changes), all.transitions.length === 0 ? h("p", null, t.noChanges) : h("ol", { id: "panel-changes" }, all.transitions.map(one =>
        h("li", null, `${day(one.day)}: ${one.from ? t[one.from] + " → " : ""}${t[one.to]} (${t[one.cause] || one.cause})`)))] : "",
      h("h3", null, t.fields), table(columns, Object.entries(all.fields).map(([name, one]) => [h("span", { title: (fields.get(name) || {}).formula || null }, label(name)), h("span", { "data-field": name }, show(name, one)), sourceCell(name, all.sources[name])]), { id: "panel-fields" })].flat());
    if (!panelElement.open) panelElement.showModal();
    panelElement.scrollTop = 0;
    if (all.scores) {
      const days = Array.from({ length: all.days }, (_, i) => { const at = new Date(all.from + "T00:00:00Z"); at.setUTCDate(at.getUTCDate() + i); return dayAndMonth(at.toISOString().slice(0, 10)); });
      const line = (text, values, axis, paint) => ({ label: text, data: values, yAxisID: axis, stepped: true, pointRadius: 0, borderWidth: 2, borderColor: paint, backgroundColor: paint });
      chart(canvas, { type: "line", data: { labels: days, datasets: [line("SenseScore", expand(all.scores, all.days), "y", colour("--link")), { ...line(label("engagementScore"), expand(all.engagements, all.days), "y1", colour("--opportunity")), borderDash: [6, 4] }] },
        options: { animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: "index", intersect: false }, scales: { x: { ticks: { maxTicksLimit: 7, maxRotation: 0 } }, y: { min: 0, max: 100 }, y1: { min: -100, max: 100, position: "right", grid: { drawOnChartArea: false } } } } });
    }
  };
  panelElement.addEventListener("click", event => { if (event.target === panelElement) panelElement.close(); });
  panelElement.addEventListener("close", () => { opened = null; dropCharts(panelElement); });

  // ------------------------------------------------------------------------------------------------ maturity, health

  const maturity = () => {
    const csmi = data.csmi, measured = data.measured;
    const figure = (name, text, value, shown) => value === undefined || value === null ? null : h("div", { class: "tile" }, h("span", null, text), h("strong", { "data-figure": name }, shown(value)));
    const percent = value => money(value) + "%";
    const section = h("section", { id: "csmi", "aria-labelledby": "csmi-title" }, h("h2", { id: "csmi-title" }, t.csmi));
    if (csmi) {
      const name = key => csmi.pillars.find(pillar => pillar.key === key)[language];
      const canvas = h("canvas", { role: "img", "aria-label": csmi.pillars.map(pillar => `${pillar[language]}: ${pillar.score === undefined ? t.notAnswered : money(pillar.score)}`).join(", ") });
      const levels = item => item.level === undefined ? h("span", { class: "soft" }, t.notAnswered) : h("span", { class: "levels", role: "img", "aria-label": t.levelOf(item.level) }, [1, 2, 3, 4, 5].map(n => h("i", { class: n <= item.level ? "on" : null })));
      section.append(
        h("p", { class: "soft" }, `${t.asOf} ${day(csmi.day)}`),
        h("div", { class: "tiles" }, figure("csmi.index", t.index, csmi.index, money), figure("csmi.change", t.change, csmi.change, value => signed(value, money)), figure("csmi.coverage", t.coverage, csmi.coverage, percent),
          h("div", { class: "tile yellow" }, h("span", null, t.weakest), h("strong", { "data-figure": "csmi.weakest" }, name(csmi.weakest)))),
        h("div", { class: "two" }, h("div", { class: "chart radar" }, canvas),
          table([{ label: t.pillar }, { label: t.current, class: "number" }, { label: t.previous, class: "number" }, { label: t.answered, class: "number" }], csmi.pillars.map(pillar => [pillar[language],
            h("span", { "data-figure": `csmi.${pillar.key}` }, pillar.score === undefined ? "–" : money(pillar.score)), pillar.previous === undefined ? "–" : money(pillar.previous), `${pillar.answered}/${pillar.items.length}`]))),
        ...csmi.pillars.flatMap(pillar => [h("h3", null, pillar[language]), table([{ label: t.item, class: "wide" }, { label: t.level }], pillar.items.map(item => [item[language], levels(item)]))]));
      const series = (text, values, paint) => ({ label: text, data: values, borderColor: paint, backgroundColor: paint + "33", pointBackgroundColor: paint, borderWidth: 2 });
      const some = csmi.pillars.some(pillar => pillar.previous !== undefined);
      queueMicrotask(() => chart(canvas, { type: "radar", data: { labels: csmi.pillars.map(pillar => pillar[language]), datasets: [
        series(t.current, csmi.pillars.map(pillar => pillar.score ?? null), colour("--link")), ...(some ? [{ ...series(t.previous, csmi.pillars.map(pillar => pillar.previous ?? null), colour("--neutral")), borderDash: [6, 4] }] : [])] },
        options: { animation: false, responsive: true, maintainAspectRatio: false, scales: { r: { min: 0, max: 100, angleLines: { color: colour("--line") }, grid: { color: colour("--line") }, ticks: { stepSize: 25, backdropColor: "transparent", color: colour("--soft") } } } } }));
    } else {
      section.append(h("p", null, t.noAssessment));
    }
    if (measured) section.append(h("h3", null, t.measured), h("div", { class: "tiles" }, figure("measured.clientsPerCs", t.clientsPerCs, measured.clientsPerCs, money), figure("measured.mrrPerCs", t.mrrPerCs, measured.mrrPerCs, money),
      figure("measured.accountCoverage", t.accountCoverage, measured.accountCoverage, percent), figure("measured.withSponsor", t.withSponsor, measured.withSponsor, percent)));
    return section;
  };

  const health = () => {
    const { uploads, warnings, late } = data.health, unregistered = data.unregistered, score = data.totals.score;
    const statusOf = upload => h("span", { class: "badge " + (upload.status === "rejected" || upload.status === "quarantined" ? "risk" : "green") }, upload.status === "rejected" ? t.rejectedFile : t[upload.status]);
    const codes = upload => Object.entries(upload.problems || {}).map(([code, n]) => `${whole(n)} ${code}`).join(", ");
    return h("section", { id: "health", "aria-labelledby": "health-title" }, h("h2", { id: "health-title" }, t.health),
      h("h3", null, t.uploads), uploads.length === 0 ? h("p", null, t.noUploads) : table(
        [{ label: t.file, class: "wide" }, { label: t.table }, { label: t.status }, { label: t.rows, class: "number" }, { label: t.rejected }, { label: t.receipt }],
        uploads.map(upload => [upload.name, upload.table, [statusOf(upload), upload.reason ? h("div", { class: "soft" }, upload.reason) : ""], upload.rows ? whole(upload.rows.read) : "",
          upload.rows && upload.rows.rejected ? [`${whole(upload.rows.rejected)}: ${codes(upload)} `, upload.rejectedRows ? h("a", { href: link(upload.rejectedRows) }, t.rejectedRows) : ""] : "", h("a", { href: link(upload.receipt) }, t.receipt)]), { id: "uploads" }),
      h("h3", null, t.warnings), warnings.length === 0 ? h("p", null, t.noWarnings) : table([{ label: t.table }, { label: t.file }, { label: t.warning, class: "wide" }, { label: t.receipt }],
        warnings.map(one => [one.table, one.name, [one[language] + (one.count ? ` (${whole(one.count)})` : ""), one.samples.length ? h("div", { class: "soft" }, one.samples.join(" · ")) : ""], h("a", { href: link(one.receipt) }, t.receipt)]), { id: "warnings" }),
      h("h3", null, t.late), late.length === 0 ? h("p", null, t.notLate) : h("ul", { id: "late" }, late.map(one => h("li", null, t.lateRow(one.table, day(one.last), whole(one.silentDays), whole(one.twiceTheMedianGap))))),
      h("h3", null, t.unregistered), unregistered.clients === 0 ? h("p", null, t.noUnregistered) : [h("p", { "data-figure": "unregistered" }, t.unregisteredCount(whole(unregistered.clients))),
        h("ul", { id: "unregistered" }, unregistered.samples.map(one => h("li", null, one.clientId, one.probably ? ` · ${t.probably} ${one.probably}` : "")))],
      h("h3", null, t.score), h("p", { "data-figure": "coverage" }, t.scoreText(whole(score.with), whole(score.without), score.coverage === undefined ? "0" : money(score.coverage))));
  };

  // ---------------------------------------------------------------------------------------------------------- the page

  const draw = () => {
    t = TEXTS[language];
    document.documentElement.lang = t.locale;
    document.title = `${t.title} · ${data.tenant} · ${day(data.day)}`;
    const page = document.getElementById("page");
    dropCharts(page);
    const sections = [glance(), calls(), everyClient(), maturity(), health()];
    page.replaceChildren(
      h("header", { class: "top" }, h("div", null, h("div", null, h("h1", null, `${t.title}: ${data.tenant}`), h("p", { class: "soft" }, `${t.asOf} ${day(data.day)}`)),
        h("button", { type: "button", id: "language", class: "controls", lang: language === "pt" ? "en" : "pt-BR", onclick: () => {
          language = language === "pt" ? "en" : "pt";
          try { localStorage.setItem("client-kpis-language", language); } catch { /* Only this page, then. */ }
          draw();
          document.getElementById("language").focus();
        } }, t.other))),
      h("nav", { "aria-label": t.sections }, h("ul", null, sections.map(section => h("li", null, h("a", { href: "#" + section.id }, t[section.id]))))),
      h("main", null, sections),
      h("footer", null, `${t.madeFrom} ${day(data.day)}. Client KPIs. Chart.js (MIT).`));
    if (opened) open(opened);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
