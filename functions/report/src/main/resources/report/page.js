// The sections in their order.
const draw = () => {
  t = TEXTS[language];
  const title = data.cs ? t.titleCs(data.cs) : `${t.title}: ${data.tenant}`;
  document.documentElement.lang = t.locale;
  document.title = `${data.cs ? t.titleCs(data.cs) : t.title} · ${data.tenant} · ${day(data.day)}`;
  const page = document.getElementById("page");
  dropCharts(page);
  const sections = [calls(), departed(), overview(), money(), everyClient(), apart(), maturity(), health()].filter(Boolean);
  page.replaceChildren(
    h("header", { class: "top" }, h("div", null, h("div", null, h("h1", null, title), h("p", { class: "soft" }, `${t.asOf} ${day(data.day)}`)),
      h("button", { type: "button", id: "language", class: "controls", lang: language === "pt" ? "en" : "pt-BR", onclick: () => {
        language = language === "pt" ? "en" : "pt";
        try { localStorage.setItem("client-kpis-language", language); } catch { /* Only this page, then. */ }
        draw();
        document.getElementById("language").focus();
      } }, t.other))),
    h("nav", { "aria-label": t.sections }, h("ul", null, sections.map(section => h("li", null, h("a", { href: "#" + section.id, onclick: event => { event.preventDefault(); section.scrollIntoView(); } }, t[section.id]))))),
    h("main", null, tiles(), sections),
    h("footer", null, `${t.madeFrom} ${day(data.day)}. Client KPIs. Chart.js (MIT).`));
  if (opened) open(opened);
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("hashchange", () => { const client = recall(); redraw(); if (client) open(client); else if (panelElement.open) panelElement.close(); });
const linked = recall(), anchor = location.hash.slice(1);
draw();
if (linked) open(linked); else if (/^[a-z]+$/.test(anchor)) document.getElementById(anchor)?.scrollIntoView();
