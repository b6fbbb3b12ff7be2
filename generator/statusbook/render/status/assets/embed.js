/* A banner while something is wrong: <script src="https://…/embed.js" async></script> */
(() => {
  var base = document.currentScript.src.replace(/embed\.js.*$/, "");
  fetch(base + "api/v2/summary.json").then((sent) => sent.json()).then((state) => {
    var ranks = "minor major critical";
    var first = state.incidents.sort(
      (one, two) => ranks.indexOf(two.impact) - ranks.indexOf(one.impact)
    )[0] || state.scheduled_maintenances.find((work) => work.status !== "scheduled");
    if (!first && state.status.indicator === "none") return;
    var link = document.createElement("a");
    link.id = "statusbook-banner";
    link.href = first ? base + "incidents/" + first.id + "/" : base;
    link.textContent = state.status.description + (first ? ": " + first.name : "");
    link.style.cssText = "display:block;padding:12px 16px;background:#1f2a33;color:#fff;" +
      "font:16px/1.5 system-ui,sans-serif;text-align:center;overflow-wrap:anywhere";
    document.body.prepend(link);
  }).catch(() => {});
})();
