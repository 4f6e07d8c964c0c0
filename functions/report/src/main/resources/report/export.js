// The rows as filtered, as a file that the tenant's spreadsheet opens: in Portuguese with a mark, semicolons, decimal
// commas and days as dd/MM/yyyy; in English with commas, decimal points and ISO days.
const EXECUTED = /^[=+\-@\t\r]/, PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)*$/;
const csvText = (text, separator) => {
  const safe = EXECUTED.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
};
const csvCell = (name, value, separator) => {
  if (value === null || value === undefined) return "";
  const pt = tenantLanguage === "pt";
  if (typeof value === "number") {
    const field = fields.get(name), scale = field && field.type === "MONEY" ? 2 : field && field.type === "NUMBER" ? field.scale : null;
    const plain = scale === null ? String(value) : value.toFixed(scale);
    return pt ? plain.replace(".", ",") : plain;
  }
  if (name === "situation" || name === "senseScoreBand") return (TEXTS[tenantLanguage][value] || value).toLowerCase();
  return csvText(isDay(value) ? dayIn(value, tenantLanguage) : value, separator);
};
const csvOf = async rows => {
  for (const client of rows) client.panel ||= await panelOf(client);
  const separator = tenantLanguage === "pt" ? ";" : ",", first = ["clientId", "name", "status", "cs", "csm", "salesperson", "plan", "segment", "registeredOn", "stage", "size", "cancelledOn"];
  const columns = [...new Set([...first.filter(name => fields.has(name)), ...data.fields.map(field => field.name), ...otherFields])];
  const title = name => fields.has(name) ? fields.get(name)[tenantLanguage] : name;
  const lines = [columns.map(name => csvText(title(name), separator)), ...rows.map(client => columns.map(name => csvCell(name, name === "clientId" ? client.clientId : client.panel.fields[name], separator)))];
  return (tenantLanguage === "pt" ? "\uFEFF" : "") + lines.map(cells => cells.join(separator) + "\r\n").join("");
};
const download = async rows => {
  const address = URL.createObjectURL(new Blob([await csvOf(rows)], { type: "text/csv;charset=utf-8" }));
  const anchor = h("a", { href: address, download: `${tenantLanguage === "pt" ? "clientes" : "clients"}-${data.day}.csv` });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
};
