// Who needs a call, and why.
const CALLS = 10;
const callList = (id, title, text, total, ones, columns, cells) => {
  if (total.clients === 0 && ones.length === 0 && id !== "risks") return "";
  let most = CALLS;
  const place = h("div", { id, class: "calls" });
  const drawList = () => {
    const left = ones.length - most;
    place.replaceChildren(...[h("h3", null, `${title} · `, figure(`${id}.clients`, whole(total.clients)), ` · ${t.mrr} `, figure(`${id}.mrr`, amount(total.mrr))), text && total.clients > 0 ? h("p", { class: "soft" }, text) : "",
      ones.length === 0 ? h("p", null, t.nobody) : table(columns, ones.slice(0, most).map(cells)),
      left > 0 ? [h("button", { type: "button", class: "more", onclick: () => { most = Infinity; drawList(); } }, t.showAll(whole(ones.length))), h("p", { class: "paper" }, t.moreOnPaper(whole(left)))] : ""].flat());
  };
  drawList();
  return place;
};

const calls = () => {
  const byMrr = (a, b) => (b.mrr || 0) - (a.mrr || 0), newFirst = (a, b) => b.isNew - a.isNew || byMrr(a, b);
  const columns = [{ label: t.client, class: "wide" }, { label: t.why, class: "wide why" }, { label: t.since, class: "date" }, { label: t.mrr, class: "number" }, { label: "SenseScore" }, { label: t.renewal, class: "date" }, { label: t.cs }];
  const cells = client => [[nameButton(client), " ", client.isNew && client.situation !== "neutral" ? h("span", { class: "badge new" }, t.newBadge) : ""],
    why(client), day(sinceWhen(client)), show("mrr", client.mrr), scoreBadge(client), day(client.renewalOn), client.cs || ""];
  const group = name => data.summaries.today.situations[name] || { clients: 0, mrr: 0 };
  const soon = portfolio.filter(client => client.daysToRenewal !== null && client.daysToRenewal >= 0 && client.daysToRenewal <= 90).sort((a, b) => a.daysToRenewal - b.daysToRenewal || byMrr(a, b));
  return h("section", { id: "calls", "aria-labelledby": "calls-title" }, h("h2", { id: "calls-title" }, t.calls),
    callList("risks", t.risks, t.risksText, group("risk"), portfolio.filter(client => client.situation === "risk").sort(newFirst), columns, cells),
    callList("reds", t.reds, null, data.totals.redOnly, portfolio.filter(client => client.senseScoreBand === "red" && client.situation !== "risk").sort(byMrr), columns, cells),
    callList("opportunities", t.opportunities, data.rule === "rising" ? t.opportunityRising : t.opportunityFalling, group("opportunity"), portfolio.filter(client => client.situation === "opportunity").sort(newFirst), columns, cells),
    callList("renewals", t.renewals, null, data.totals.renewals, soon,
      [{ label: t.client, class: "wide" }, { label: t.renewal, class: "date" }, { label: t.left, class: "number" }, { label: t.mrr, class: "number" }, { label: t.healthOf }, { label: t.situation }, { label: t.since, class: "date" }, { label: t.cs }],
      client => [nameButton(client), day(client.renewalOn), t.days(client.daysToRenewal), show("mrr", client.mrr), scoreBadge(client), badge(client.situation || "neutral"), day(client.since), client.cs || ""]));
};

// Those who are counted apart, each with a list of its own.
const apart = () => {
  const { inactive, unregistered } = data.totals, meant = new Map((data.unregistered || []).map(one => [one.clientId, one.probably]));
  if (inactive.clients + unregistered.clients === 0) return null;
  const byMrr = (a, b) => (b.mrr || 0) - (a.mrr || 0);
  return h("section", { id: "apart", class: "screen", "aria-labelledby": "apart-title" }, h("h2", { id: "apart-title" }, t.apart),
    callList("inactive", t.inactive, t.inactiveText, inactive, clients.filter(client => client.counted === INACTIVE).sort(byMrr),
      [{ label: t.client, class: "wide" }, { label: label("status") }, { label: t.cancelledOn, class: "date" }, { label: t.mrr, class: "number" }, { label: t.lastSituation }, { label: "SenseScore" }, { label: t.cs }],
      client => [nameButton(client), client.status || "", day(client.cancelledOn), show("mrr", client.mrr), badge(client.situation || "neutral"), scoreBadge(client), client.cs || ""]),
    callList("unregistered", t.unregistered, t.unregisteredText, unregistered, clients.filter(client => client.counted === UNREGISTERED).sort(byMrr),
      [{ label: t.client, class: "wide" }, { label: t.meant, class: "wide" }, { label: t.mrr, class: "number" }, { label: "SenseScore" }],
      client => { const other = meant.get(client.clientId); return [nameButton(client), other ? [byId.has(other) ? nameButton(byId.get(other)) : other, byId.has(other) && byId.get(other).name ? h("div", { class: "soft" }, other) : ""] : "", show("mrr", client.mrr), scoreBadge(client)]; }));
};
