/* A banner while something is wrong: <script src="https://…/embed.js" async></script> */
(function () {
  var base = document.currentScript.src.replace(/embed\.js.*$/, "");
  fetch(base + "api/v2/summary.json").then((sent) => sent.json()).then((summary) => {
    var ranks = "minor major critical";
    var first = summary.incidents.sort(
      (one, two) => ranks.indexOf(two.impact) - ranks.indexOf(one.impact)
    )[0] || summary.scheduled_maintenances.find((planned) => planned.status !== "scheduled");
    if (!first && summary.status.indicator === "none") return;
    var link = document.createElement("a");
    link.id = "statusbook-banner";
    link.href = first ? base + "incidents/" + first.id + "/" : base;
    link.textContent = summary.status.description + (first ? ": " + first.name : "");
    link.style.cssText = "display:block;padding:12px 16px;background:#1f2a33;color:#fff;" +
      "font:16px/1.5 system-ui,sans-serif;text-align:center";
    document.body.prepend(link);
  }).catch(() => {});
}());
