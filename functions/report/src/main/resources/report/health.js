// Whether the data can be trusted today.
const health = () => {
  if (!data.health) return null;
  const { uploads, warnings, late } = data.health, score = data.totals.score, apartCount = data.totals.unregistered.clients + data.totals.countedUnregistered;
  const statusOf = upload => [h("span", { class: "badge " + (upload.status === "rejected" || upload.status === "quarantined" ? "risk" : "green") }, upload.status === "rejected" ? t.rejectedFile : t[upload.status] || upload.status), upload.reason ? h("div", { class: "soft" }, t.fileCodes[upload.reason] || t.unknownCode(upload.reason)) : ""];
  const problems = upload => Object.entries(upload.problems || {}).map(([code, n]) => `${whole(n)} ${t.rowCodes[code] ? plural(n, ...t.rowCodes[code]) : t.unknownCode(code)}`).join(", ");
  const place = (text, key) => h("div", { class: "soft key" }, `${text}: `, h("code", null, key));
  return h("section", { id: "health", class: "screen", "aria-labelledby": "health-title" }, h("h2", { id: "health-title" }, t.health),
    h("h3", null, t.uploads), uploads.length === 0 ? h("p", null, t.noUploads) : table(
      [{ label: t.file, class: "wide" }, { label: t.table }, { label: t.status }, { label: t.rows, class: "number" }, { label: t.rejected, class: "wide" }],
      uploads.map(upload => [[upload.name, place(t.receipt, upload.receipt)], tableName(upload.table), statusOf(upload), upload.rows ? whole(upload.rows.read) : "",
        upload.rows && upload.rows.rejected ? [`${whole(upload.rows.rejected)}: ${problems(upload)}`, upload.rejectedRows ? place(t.fileOfRejected, upload.rejectedRows) : ""] : ""]), { id: "uploads" }),
    h("h3", null, t.warnings), warnings.length === 0 ? h("p", null, t.noWarnings) : table([{ label: t.table }, { label: t.file, class: "wide" }, { label: t.warning, class: "wide" }],
      warnings.map(one => [tableName(one.table), one.name, [one[language] + (one.count ? ` (${whole(one.count)})` : ""), one.samples && one.samples.length ? h("div", { class: "soft" }, one.samples.join(" · ")) : ""]]), { id: "warnings" }),
    h("h3", null, t.late), late.length === 0 ? h("p", null, t.notLate) : h("ul", { id: "late" }, late.map(one => h("li", null, t.lateRow(tableName(one.table), day(one.last), one.twiceTheMedianGap / 2, one.silentDays)))),
    h("h3", null, t.unregistered), apartCount === 0 ? h("p", null, t.noUnregistered) : [h("p", { "data-figure": "unregistered" }, t.unregisteredCount(apartCount)),
      h("ul", { id: "unregistered-ids" }, (data.unregistered || []).map(one => h("li", null, one.clientId, one.probably ? ` · ${t.probably} ${one.probably}` : "")))],
    h("h3", null, t.score), h("p", { "data-figure": "coverage" }, t.scoreText(score.with, score.without, percent(score.coverage ?? 0))));
};
