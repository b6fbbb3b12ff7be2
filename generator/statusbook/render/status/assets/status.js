// Time goes on while a page is open. Every word comes from the page, whose server has written all
// that will hold; what is shown without this script is true as of the page's own time.
(() => {
  const page = document;
  const all = (selector) => page.querySelectorAll(selector);
  let lang;
  try {
    [lang] = Intl.getCanonicalLocales(page.documentElement.lang);
  } catch {}

  // --- how far away a moment is, and what the reader's own clock shows then
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  const time = new Intl.DateTimeFormat(lang, hour);
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", ...hour });
  const distance = new Intl.RelativeTimeFormat(lang);
  const units = [["year", 525600], ["month", 43800], ["day", 1440], ["hour", 60]];
  const away = (minutes) => {
    const far = Math.abs(minutes);
    const [unit, size] = units.find((unit) => far >= 1.5 * unit[1]) || ["minute", 1];
    return distance.format((Math.sign(minutes) || -1) * Math.max(1, Math.round(far / size)), unit);
  };
  // Nothing where the page's clock, which is `offset` minutes before UTC, shows the same.
  const own = (at, offset) => {
    const here = new Date(at);
    if (here.getTimezoneOffset() === -offset) return "";
    const isOneDay = new Date(at + offset * 6e4).getUTCDate() === here.getDate();
    return (isOneDay ? time : day).format(here);
  };
  const near = [];
  for (const one of all("time[datetime*=T]")) {
    const at = Date.parse(one.dateTime);
    if (!at) continue;
    if (one.dataset.near) {
      const span = page.createElement("span");
      span.className = "near";
      (one.closest("a") || one).after(span);
      near.push([at, own(at, +one.dataset.near), span]);
    } else if (!one.textContent.includes(`${new Date(at)}`.slice(16, 21))) {
      one.title = day.format(at);
    }
  }

  // --- buttons that copy
  for (const pre of all("pre[data-copy]")) {
    const button = page.createElement("button");
    button.className = "copy";
    button.textContent = pre.dataset.copy;
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent.trim());
        button.textContent = pre.dataset.copied;
      } catch {
        getSelection().selectAllChildren(pre);
      }
    };
    pre.after(button);
  }

  // --- is there anything new?
  const news = page.getElementById("_news");
  let asked = Date.now();
  const ask = async (now) => {
    const { release, key, known } = news.dataset;
    if (!release || !news.hidden || now - asked < 6e4) return;
    asked = now;
    news.onclick = () => location.reload();
    try {
      const answer = await fetch(release, { cache: "no-cache" });
      news.hidden = (await answer.json()).news[key] === known;
    } catch {}
  };

  // --- what holds now
  let timer;
  const tick = () => {
    clearTimeout(timer);
    if (page.hidden) return;
    const now = Date.now();
    let wait = 3e4;
    for (const one of all("[data-from], [data-until]")) {
      const edges = [one.dataset.from, one.dataset.until].map(Date.parse);
      one.hidden = now < edges[0] || now >= edges[1];
      for (const edge of edges) if (edge > now) wait = Math.min(wait, edge - now);
    }
    let place, said;
    for (const [at, here, span] of near) {
      const far = away((at - now) / 6e4);
      // both ends of a window may be as far away: that is said once
      const told = [place === span.parentNode && said === far ? "" : far, here].filter(Boolean);
      const text = told[0] ? ` (${told.join(" · ")})` : "";
      if (span.textContent !== text) span.textContent = text;
      place = span.parentNode;
      said = far;
    }
    if (news) ask(now);
    timer = setTimeout(tick, wait);
  };
  page.onvisibilitychange = tick;
  tick();
})();
