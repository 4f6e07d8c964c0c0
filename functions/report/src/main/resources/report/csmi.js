// The maturity of customer success, as assessed and as measured.
const csmiFigure = (name, text, value, shown) => value === undefined || value === null ? null : h("div", { class: "tile" }, h("span", null, text), h("strong", { "data-figure": name }, shown(value)));
const maturity = () => {
  const { csmi, measured } = data;
  if (!csmi && !measured) return null;
  const section = h("section", { id: "csmi", class: "screen", "aria-labelledby": "csmi-title" }, h("h2", { id: "csmi-title" }, t.csmi));
  if (csmi) section.append(...assessment(csmi)); else section.append(h("p", null, t.noAssessment));
  if (measured && Object.keys(measured).length > 0) section.append(h("h3", null, t.measured), h("div", { class: "tiles" }, ...[csmiFigure("measured.clientsPerCs", t.clientsPerCs, measured.clientsPerCs, two), csmiFigure("measured.mrrPerCs", t.mrrPerCs, measured.mrrPerCs, amount),
    csmiFigure("measured.accountCoverage", t.accountCoverage, measured.accountCoverage, percent), csmiFigure("measured.withSponsor", t.withSponsor, measured.withSponsor, percent)].filter(Boolean)));
  return section;
};
const assessment = csmi => {
  const name = key => (csmi.pillars.find(pillar => pillar.key === key) || {})[language] || "–", score = value => value === undefined ? "–" : two(value);
  const series = (text, values, ink) => ({ label: text, data: values, borderColor: ink, backgroundColor: ink + "33", pointBackgroundColor: ink, borderWidth: 2 });
  const radar = () => ({ type: "radar", data: { labels: csmi.pillars.map(pillar => pillar[language]), datasets: [
    series(t.current, csmi.pillars.map(pillar => pillar.score ?? null), colour("--link")), ...(csmi.pillars.some(pillar => pillar.previous !== undefined) ? [{ ...series(t.previous, csmi.pillars.map(pillar => pillar.previous ?? null), colour("--neutral")), borderDash: [6, 4] }] : [])] },
  options: { scales: { r: { min: 0, max: 100, angleLines: { color: colour("--line") }, grid: { color: colour("--line") }, ticks: { stepSize: 25, backdropColor: "transparent", color: colour("--soft") } } } } });
  const levels = item => [item.level === undefined ? h("span", { class: "soft" }, t.notAnswered) : h("span", { class: "levels", role: "img", "aria-label": t.levelOf(item.level) }, [1, 2, 3, 4, 5].map(n => h("i", { class: n <= item.level ? "on" : null })))];
  const meaning = item => {
    const sentences = item.levels && item.levels[language];
    if (!sentences) return "";
    return [item.level === undefined ? "" : h("div", null, `${item.level}: ${sentences[item.level - 1]}`), h("details", null, h("summary", null, t.allLevels), h("ol", null, sentences.map((sentence, i) => h("li", { class: i + 1 === item.level ? "now" : null }, sentence))))];
  };
  return [h("p", { class: "soft" }, `${t.asOf} ${day(csmi.day)}`),
    h("div", { class: "tiles" }, ...[csmiFigure("csmi.index", t.index, csmi.index, two), csmiFigure("csmi.change", t.change, csmi.change, value => signed(value, two)), csmiFigure("csmi.coverage", t.coverage, csmi.coverage, percent)].filter(Boolean),
      h("div", { class: "tile yellow" }, h("span", null, t.weakest), h("strong", { "data-figure": "csmi.weakest" }, name(csmi.weakest)))),
    h("div", { class: "two" }, chartBox(csmi.pillars.map(pillar => `${pillar[language]}: ${pillar.score === undefined ? t.notAnswered : two(pillar.score)}`).join(", "), radar, { class: "chart radar" }),
      table([{ label: t.pillar }, { label: t.current, class: "number" }, { label: t.previous, class: "number" }, { label: t.answered, class: "number" }], csmi.pillars.map(pillar => [pillar[language], figure(`csmi.${pillar.key}`, score(pillar.score)), score(pillar.previous), `${pillar.answered ?? 0}/${pillar.items.length}`]))),
    ...csmi.pillars.flatMap(pillar => [h("h3", null, pillar[language]), table([{ label: t.item, class: "wide item" }, { label: t.level }, { label: t.levels, class: "wide" }], pillar.items.map(item => [item[language], levels(item), meaning(item)]))])];
};
