// Who left in the last 90 days, and whether it could be seen.
const departed = () => {
  const left = data.departed;
  if (!left || left.clients === 0) return null;
  const wasOn = (one, days) => (one.before || []).find(before => before.days === days);
  const shown = before => !before ? h("span", { class: "soft" }, "–") : [badge(before.band || "none"), before.situation === "neutral" ? "" : [" ", badge(before.situation)]];
  const seen = one => (one.before || []).some(before => before.situation === "risk" || before.band === "red");
  return h("section", { id: "departed", class: "screen", "aria-labelledby": "departed-title" }, h("h2", { id: "departed-title" }, t.departed),
    h("p", { id: "departed-answer" }, t.departedAnswer(figure("departed.clients", whole(left.clients)), figure("departed.mrr", amount(left.mrr)), figure("departed.seen", whole(left.seen)), left.clients)),
    callList("left", t.departedList, t.departedText, left, left.list,
      [{ label: t.client, class: "wide" }, { label: t.leftOn, class: "date" }, { label: t.leftWhy }, { label: t.mrr, class: "number" }, ...[90, 60, 30].map(days => ({ label: t.daysBefore(days) })), { label: t.wasSeen }],
      one => [byId.has(one.clientId) ? nameButton(byId.get(one.clientId)) : one.clientId, day(one.churnedOn), t.leftCauses[one.cause], show("mrr", one.mrr), ...[90, 60, 30].map(days => shown(wasOn(one, days))), seen(one) ? t.yes : one.before && one.before.length > 0 ? t.no : "–"]));
};
