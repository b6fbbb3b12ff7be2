// A banner on other sites while something is wrong: <script src="https://…/embed.js" async></script>
(async () => {
  const [base] = document.currentScript.src.split("embed.js");
  const told = await (await fetch(base + "api/v2/summary.json")).json();
  // the words for impacts are in alphabetical order from the worst on
  told.incidents.sort((one, two) => one.impact.localeCompare(two.impact));
  const first =
    told.incidents[0] || told.scheduled_maintenances.find((work) => work.status !== "scheduled");
  if (!first && told.status.indicator === "none") return;
  const link = document.createElement("a");
  link.href = base + (first ? `incidents/${first.id}/` : "");
  link.textContent = told.status.description + (first ? ": " + first.name : "");
  link.style =
    "display:block;padding:12px;border-bottom:4px solid #e5b84b;background:#1f2a33;color:#fff;" +
    "font-family:system-ui;text-align:center;overflow-wrap:anywhere";
  // neither the site's style nor ours reaches the other's elements
  // a name of ours: sites hide or move what is called <aside>
  const bar = document.createElement("statusbook-banner");
  bar.setAttribute("role", "complementary");
  bar.style = "all:initial;display:block";
  bar.attachShadow({ mode: "open" }).append(link);
  // before the body: one that is a grid or a row would squeeze the bar
  document.body.before(bar);
})().catch(() => {});
