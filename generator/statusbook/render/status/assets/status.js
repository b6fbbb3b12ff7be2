// Time goes on while a page is open. Every word comes from the page, whose server has written all
// that will hold; what is shown without this script is true as of the page's own time.
(() => {
  const page = document;
  const all = (selector) => page.querySelectorAll(selector);
  const made = (name, className) => Object.assign(page.createElement(name), { className });
  let lang;
  try {
    [lang] = Intl.getCanonicalLocales(page.documentElement.lang);
  } catch {}

  // --- how far away a moment is, and what the reader's own clock shows then
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  const time = new Intl.DateTimeFormat(lang, hour);
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", ...hour });
  const distance = new Intl.RelativeTimeFormat(lang);
  // A unit counts from two of it on: 90 and 30 minutes ago are an hour apart in words too.
  const away = (minutes) => {
    const [unit, size] = [["year", 525600], ["month", 43800], ["day", 1440], ["hour", 60]].find(
      (unit) => Math.abs(minutes) >= 2 * unit[1]) || ["minute", 1];
    return distance.format(Math.round(minutes / size) || (minutes > 0 ? 1 : -1), unit);
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
      const span = made("span", "near");
      (one.closest("a") || one).after(span);
      near.push([at, own(at, +one.dataset.near), span, one.dataset.far]);
    } else if (!one.textContent.includes(`${new Date(at)}`.slice(16, 21))) {
      one.title = day.format(at);
    }
  }

  // --- buttons that copy
  for (const pre of all("pre[data-copy]")) {
    const button = made("button", "copy");
    const text = pre.textContent.trim();
    const say = (word) => {
      button.textContent = word;
      button.ariaLabel = `${word}: ${text}`;
    };
    say(pre.dataset.copy);
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(text);
        say(pre.dataset.copied);
      } catch {
        getSelection().selectAllChildren(pre);
      }
    };
    pre.after(button);
  }

  // --- is there anything new?
  const [news] = all("#_news");
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
    let before;
    for (const [at, here, span, far] of near) {
      // What is over is never ahead, whatever a reader's clock shows. The end of a window is told
      // once that has begun, and what is closed for two days.
      const isTold =
        far === "end" ? before <= now : far === "ahead" || (at <= now && !(far && now - at > 1728e5));
      const told = [isTold && away((at - now) / 6e4), here].filter(Boolean).join(" · ");
      const text = told && ` (${told})`;
      if (span.textContent !== text) span.textContent = text;
      before = at;
    }
    if (news) ask(now);
    timer = setTimeout(tick, wait);
  };
  page.onvisibilitychange = tick;
  tick();
})();
