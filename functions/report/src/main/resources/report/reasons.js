// Why a client needs a call, in words.
const redReason = one => {
  if (one.mean60 !== undefined && Number(one.mean60) > Number(one.mean7)) return t.redWaits;
  if (one.known <= 7) return one.red >= one.known || !one.since ? t.redFirstDays : t.redFewDays(shortDay(one.since));
  const means = one.mean60 === undefined ? "" : t.redMeans(two(Number(one.mean60)), two(Number(one.mean7)));
  return (one.red >= 60 || !one.since ? t.redLong : t.redSince(shortDay(one.since))) + means;
};
const reason = one => {
  if (one.manual !== undefined) return t.manualReason + (one.manual ? `: ${one.manual}` : "");
  if (one.red !== undefined) return redReason(one);
  if (one.field === "overdueTitles") return t.overdueTitles(one.value, one.since && shortDay(one.since));
  if (one.field === "ticketsAboveSla") return t.ticketsAboveSla(one.value);
  const name = one.field === "engagementScore" ? t.engagementScore : label(one.field), value = show(one.field, one.value);
  return one.before === undefined ? t.isNow(name, value) : t.fellFrom(name, show(one.field, one.before), value, one.days);
};
const why = client => (client.reasons || []).map(reason).join("; ");
// Of a red client, the first red day; of the others, that of the situation.
const sinceWhen = client => {
  const red = (client.reasons || []).find(one => one.red !== undefined);
  return red ? red.since || null : client.since;
};
