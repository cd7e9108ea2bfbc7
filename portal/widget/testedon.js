/*!
 * <tested-on>: says on any page whether an environment is tested. Apache-2.0.
 *
 *   <script src="https://testedon.example.com/embed/testedon.js" async></script>
 *   <tested-on product="NAME" release="VERSION" KIND="TEXT">
 *     See the list of tested environments.
 *   </tested-on>
 *
 * It asks the server that the script comes from, or the one of the attribute
 * `server`, and shows the answer with its evidence. What stands within the element is
 * shown until there is an answer, and where there is none.
 *
 * Frames of that server on the page, <iframe src="…/embed/check?…">, become as high as
 * their answers.
 *
 * Nothing here makes markup of a text, so that no answer can be more than text: the
 * element works where Trusted Types are required, and with no style-src at all.
 */
(() => {
  "use strict";
  if (customElements.get("tested-on")) return;

  const PATIENCE = 10_000; // ms until a server is given up
  const MOST_BYTES = 2_000_000; // of an answer; real ones have thousands
  const MOST_ITEMS = 50; // of a list that are shown; the page of the answer has all
  const MOST_GUILTY = 3; // components that a headline names

  // What it says: messages in English, of which this is a copy that a test holds against them. {0} and so on are values.
  const SAYS = {
    lang: "en",
    tested: "Tested",
    compatible: "Compatible",
    conditional: "Conditional",
    not_listed: "Not listed",
    unresolved: "Unresolved",
    incompatible: "Incompatible",
    site: "another site",
    unconfirmed: "unconfirmed",
    fork: "another account's copy",
    stranger: "{0} does not answer as TestedOn does.",
    stranger_hint: "The attribute server, or the place the script comes from, must be that of a TestedOn server.",
    late: "{0} did not answer within {1} seconds.",
    away: "{0} cannot be reached.",
    late_hint: "It may be busy: ask again.",
    away_hint: "Look whether the server runs, and whether this page may connect to it.",
    refused: "{0}, does not pass",
    more: "and {0} more",
    nearest: "Nearest:",
    provisional: "provisional",
    meant: "Did you mean {0}?",
    taken: "{0} is taken for {1}.",
    day: "As of {0}.",
    denied: "Not listed does not mean that it will not work.",
    run: "A test run of the whole environment is on record as {0}.",
    part: "A test run with a part of this failed.",
    untested: "No test of the parts together is on record.",
    unpaged: "No page about the release is known.",
    stale: "Page last looked at on {0}; it may have changed since.",
    assumed: "Assumed: {0}.",
    unasked: "Not asked: {0}.",
    required: "Required: {0}.",
    unread: "Not understood: {0}.",
    change: "Change:",
    listed: "Listed ({0}): {1}.",
    full: "View full answer",
    support: "Ask support",
    revision: "TestedOn, catalogue revision {0}",
    window: "opens in a new tab",
    evidence: "Evidence",
    server: "The attribute server is no address of a web server.",
    no_server: "The attribute server is missing.",
    no_server_hint: "Add it, such as {0}.",
    asking: "Asking TestedOn …",
    again: "Ask again",
    words: "Ask in plain words",
    words_example: "product, release and what it runs on",
    release: "Release",
    example: "e.g. {0}",
    check: "Check",
  };
  const say = (id, ...values) => SAYS[id].replace(/\{(\d)\}/g, (_, at) => values[at]);

  // Each verdict has a sign and a word, so that it can be read without its colour.
  const VERDICTS = new Map([
    ["tested", ["✓", SAYS.tested]],
    ["compatible", ["≈", SAYS.compatible]],
    ["conditional", ["?", SAYS.conditional]],
    ["not_listed", ["–", SAYS.not_listed]],
    ["unresolved", ["…", SAYS.unresolved]],
    ["incompatible", ["✗", SAYS.incompatible]],
  ]);

  // What a source is that no vendor has published.
  const AUTHORITIES = { site: SAYS.site, unconfirmed: SAYS.unconfirmed, fork: SAYS.fork };

  // Attributes that mean something else than a component: those of HTML and our own.
  // Every other one is a kind of the catalogue, or an amount such as memory.
  const NO_COMPONENT = new RegExp("^(?:" +
    "accesskey|autocapitalize|autocorrect|autofocus|class|contenteditable|dir|draggable|enterkeyhint|exportparts|hidden|id|inert|" +
    "inputmode|is|item(?:id|prop|ref|scope|type)|lang|nonce|part|popover|role|slot|spellcheck|style|tabindex|title|translate|" +
    "writingsuggestions|(?:aria-|data-|on|xml).*|as-of|form|known|open|product|q|release|require|server)$");

  // Parameters that are not the name of a kind, as the server has them.
  const NO_KIND = ["product", "release", "require", "cores", "memory", "disk", "deployment"];

  /** The server of a script at …/embed/testedon.js or …/embed/HASH/testedon.js; "" for
   *  a bundle. A module is not told which script it is and looks for its own tag. */
  const home = (() => {
    const scripts = document.currentScript ? [document.currentScript] : [...document.scripts];
    const found = scripts.map((s) => /^(.+)\/embed\/(?:[^/?#]+\/)?testedon\.js(?:[?#]|$)/.exec(s.src));
    return found.findLast(Boolean)?.[1] ?? "";
  })();

  // ---- Frames. Each tells its height when that changes, and when it is asked.

  const MOST_HIGH = 10_000; // pixels of a frame

  if (home) {
    const frames = () => [...document.querySelectorAll("iframe")];
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== new URL(home).origin || data?.type !== "testedon-height" || !(data.height > 0)) return;
      const frame = frames().find((f) => f.contentWindow === source);
      if (frame) Object.assign(frame.style, { boxSizing: "content-box", height: `${Math.min(data.height, MOST_HIGH)}px` });
    });
    for (const frame of frames()) frame.contentWindow?.postMessage({ type: "testedon-height" }, "*");
  }

  // ---- What a server says is not to be trusted to be of any type.

  const text = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
  const list = (value) => (Array.isArray(value) ? value : []);
  const object = (value) => (value !== null && typeof value === "object" ? value : {});

  /** An address that leads to a page, or "": never one that runs something. */
  function web(value, base, schemes = /^https?:$/) {
    try {
      const url = new URL(text(value), base);
      return schemes.test(url.protocol) ? url.href : "";
    } catch {
      return "";
    }
  }

  /** Why there is no answer: what the server says is wrong (RFC 9457), or what is
   *  wrong with the server. */
  class Problem extends Error {
    constructor(said, choices = []) {
      super(text(said.detail) || text(said.title));
      this.name = "TestedOnProblem";
      this.detail = this.message;
      for (const field of ["code", "title", "hint", "field"]) this[field] = text(said[field]);
      this.status = Number(said.status) || 0;
      this.candidates = list(said.candidates).map(text);
      this.choices = choices; // readings of words that may mean several things
    }
  }

  const stranger = (address) => new Problem({
    code: "no_testedon",
    detail: say("stranger", new URL(address).host),
    hint: SAYS.stranger_hint,
  });

  // ---- Asking.

  /** Fetches an address as a stranger: without cookies, without telling which page asks,
   *  and without being sent elsewhere. */
  async function receive(address, signal) {
    const response = await fetch(address, {
      credentials: "omit", referrerPolicy: "no-referrer", redirect: "error",
      headers: { Accept: "application/json" }, signal,
    });
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let body = "";
    for (let size = 0; reader; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if ((size += value.length) > MOST_BYTES) {
        reader.cancel().catch(() => {});
        throw stranger(address);
      }
      body += decoder.decode(value, { stream: true });
    }
    return { status: response.status, body };
  }

  // Requests under way, by address: equal questions on a page are asked once.
  const calls = new Map();
  const forget = (address, call) => calls.get(address) === call && calls.delete(address);

  /** Joins the request that is under way, or begins one. It is given up when nobody
   *  waits for it any more. */
  function share(address, signal) {
    let call = calls.get(address);
    if (!call) {
      const stop = new AbortController();
      call = { stop, waiting: 0, received: receive(address, AbortSignal.any([stop.signal, AbortSignal.timeout(PATIENCE)])) };
      call.received.catch(() => {}).then(() => forget(address, call));
      calls.set(address, call);
    }
    call.waiting++;
    signal.addEventListener("abort", () => {
      if (--call.waiting > 0) return;
      forget(address, call);
      call.stop.abort();
    });
    return call.received;
  }

  /** Gives what a server says at an address, or throws a Problem. */
  async function read(address, signal) {
    const { status, body } = await share(address, signal).catch((error) => {
      if (error instanceof Problem) throw error;
      throw away(address, error);
    });
    let said;
    try {
      said = object(JSON.parse(body));
    } catch {
      throw stranger(address);
    }
    if (status === 200) return said;
    if (!text(said.detail)) throw stranger(address);
    throw new Problem({ ...said, status });
  }

  function away(address, error) {
    const { host } = new URL(address);
    const late = error?.name === "TimeoutError";
    return new Problem({
      code: "unreachable",
      detail: late ? say("late", host, PATIENCE / 1000) : say("away", host),
      hint: late ? SAYS.late_hint : SAYS.away_hint,
    });
  }

  /** Asks a question, which is the parameters of /v1/check or, with q, of /v1/ask. It
   *  gives the answer, what was taken for what of the words, and the address of its page. */
  async function ask(server, question, signal) {
    const words = question.get("q");
    const address = `${server}/v1/${words === null ? "check" : "ask"}?${question}`;
    const said = await read(address, signal);
    const answer = words === null ? said : said.answer;
    if (words !== null && answer === undefined && object(said.understood).tokens) throw undecided(said, question);
    if (!VERDICTS.has(object(answer).verdict)) throw stranger(address);
    const whole = list(answer.unread).length === 0; // else the address without words asks for something else
    const [, check] = whole ? /^\/v1\/check\?(.*)$/.exec(text(said.check)) ?? [] : [];
    return { answer, taken: text(object(said.understood).assumed), page: `${server}/?${check ?? question}` };
  }

  /** Words that may mean several things have no answer before that is decided. Each
   *  choice is the question with the words of one reading in their place. */
  const undecided = (said, question) => new Problem({ code: "undecided", detail: said.summary },
    list(said.understood.ambiguous).map(object).flatMap((part) => list(part.readings).map(object).map((reading) => {
      const decided = new URLSearchParams(question);
      decided.set("q", question.get("q").replace(text(part.text), () => text(reading.text)));
      return { name: text(reading.name), question: decided };
    })));

  // ---- Drawing. Strings become text, whatever they hold.

  /** Makes an element; children that are empty are left out. */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.filter(Boolean));
    return made;
  }

  const link = (url, words) => make("a", { part: "link", href: url, target: "_blank", rel: "noopener noreferrer" }, words);

  /** A verdict; one that would be taken for a yes says where its answer does not pass. */
  function badge(verdict, stale = false, pass = true, called = "") {
    if (!VERDICTS.has(verdict)) return "";
    let [sign, word] = VERDICTS.get(verdict);
    word = text(called).replaceAll("_", " ") || word;
    const refused = !pass && (verdict === "tested" || verdict === "compatible");
    if (refused) [sign, word] = ["▲", say("refused", word)];
    const look = `verdict ${stale ? "stale" : refused ? "conditional" : verdict}`;
    return make("span", { part: look, class: look }, make("span", { "aria-hidden": "true" }, sign), ` ${word}`);
  }

  /** A list of which not too many items are drawn. */
  function items(part, values, draw) {
    const drawn = values.slice(0, MOST_ITEMS).map((value) => make("li", { part }, ...draw(object(value))));
    const left = values.length - drawn.length;
    return drawn.length > 0 && make("ul", { role: "list" }, ...drawn, left > 0 && make("li", {}, say("more", left)));
  }

  /** The words as printed, and where. */
  function cited(source, label) {
    const { title, id, section, quote, authority, url } = object(source);
    const name = text(title) || text(id);
    if (!name) return "";
    return make("p", { part: "source", class: "quiet" },
      label, text(quote) && make("q", { part: "quote" }, text(quote)), " ",
      web(url) ? link(web(url), name) : make("cite", {}, name),
      text(section) && `, ${text(section)}`,
      Object.hasOwn(AUTHORITIES, authority) && ` (${AUTHORITIES[authority]})`);
  }

  /** The statements a verdict rests on; the nearest ones where there are none. */
  function statements(c) {
    const listed = list(c.listed).map(object);
    const all = [...listed.map((s) => cited(s.source)), cited(object(c.via).source)];
    if (listed.length === 0) all.push(...list(c.nearest).map(object).map((s) => cited(s.source, `${SAYS.nearest} `)));
    return all.slice(0, MOST_ITEMS);
  }

  const title = (c) => [text(c.name) || text(c.asked), c.name ? text(c.version) : ""].filter(Boolean).join(" ");

  const provisional = (answer) => (answer.provisional === true ? [make("em", { part: "provisional", class: "quiet" }, SAYS.provisional), " "] : []);

  /** The evidence for a component. */
  function component(c) {
    const { state, text: maintained } = object(c.lifecycle);
    return [
      make("p", {}, make("strong", {}, title(c)), `: ${text(c.word || c.verdict).replaceAll("_", " ")} `, ...provisional(c)),
      ...statements(c),
      text(maintained) && make("p", { part: "lifecycle", class: "quiet" }, /^end/.test(text(state)) && "⚠ ", text(maintained)),
    ];
  }

  const advisory = (a) => [
    make("p", {}, text(a.text)),
    text(a.workaround) && make("p", {}, text(a.workaround)),
    cited(a.source),
  ];

  const amount = (r) => [
    make("p", {}, text(r.deployment) && make("strong", {}, `${text(r.deployment)} `), text(r.why)),
    ...list(r.needs).slice(0, MOST_ITEMS).map((need) => cited(object(need).source)),
  ];

  const rank = (verdict) => (VERDICTS.has(verdict) ? [...VERDICTS.keys()].indexOf(verdict) : VERDICTS.size);

  /** The components that keep an answer from passing, the worst first, and the others. */
  function sorted(answer) {
    const [bar, ...more] = text(answer.require).split(",");
    const fails = (c) => answer.pass !== true && (rank(c.verdict) > rank(VERDICTS.has(bar) ? bar : "tested") || more.includes("exact") && c.match !== "exact");
    const all = list(answer.components).map(object).sort((a, b) => rank(b.verdict) - rank(a.verdict));
    return [all.filter(fails), all.filter((c) => !fails(c))];
  }

  /** Verdict, what keeps it from passing, and the release. */
  function headline(answer, failing) {
    const guilty = failing.filter((c) => c.verdict === answer.verdict).map(title);
    const more = guilty.length - MOST_GUILTY;
    return make("p", { part: "headline" },
      badge(answer.verdict, answer.pass === true && list(answer.stale).length > 0, answer.pass === true, answer.word), " ",
      guilty.length > 0 && make("strong", {}, guilty.slice(0, MOST_GUILTY).join(", ") + (more > 0 ? ` ${say("more", more)}` : "")), guilty.length > 0 && " · ",
      `${text(answer.product_name)} ${text(answer.release)} `, ...provisional(answer));
  }

  /** Why a component fails, without what the headline and the move say. */
  function reason(c, answer, alone) {
    const of = ` for ${text(answer.product_name)} ${text(answer.release)}`;
    const nearest = list(answer.moves).length > 0 ? `The nearest listed version is ${text(object(list(c.nearest)[0]).label)}.` : "";
    const why = text(c.why).replace(`${title(c)} is not listed${of}.`, "").replaceAll(of, "").replace(nearest, "").trim();
    const candidates = list(c.candidates).map(text).slice(0, MOST_ITEMS).join(", ");
    return (!alone || why || candidates) && make("p", { part: "reason" },
      !alone && badge(c.verdict, false, true, c.word), !alone && make("strong", {}, ` ${title(c)} `), why, candidates && ` ${say("meant", candidates)}`);
  }

  /** The change that took what was stated before, with the vendor's own. */
  function turn(c) {
    const { text: changed, source } = object(c.changed);
    const { title: name, url } = object(source);
    return text(changed) && make("p", { part: "changed" }, make("strong", {}, title(c)), `: ${text(changed)} `, web(url) && link(web(url), text(name)));
  }

  /** What passes, in a line. */
  const passed = (all) => all.length > 0 && make("p", { part: "passing" }, ...all.slice(0, MOST_ITEMS).flatMap((c, i) => {
    const [sign, word] = VERDICTS.get(c.verdict) ?? ["", ""];
    const called = c.verdict === "tested" ? "" : ` ${(text(c.word) || word).toLowerCase()}`;
    return [i > 0 && ", ", make("span", { class: `sign ${VERDICTS.has(c.verdict) ? c.verdict : ""}`, "aria-hidden": "true" }, `${sign} `), `${title(c)}${called}`];
  }), all.length > MOST_ITEMS && ` ${say("more", all.length - MOST_ITEMS)}`);

  /** What holds for the whole environment, in a quiet line. */
  function notes({ answer, taken }) {
    const { recorded, result, failed_parts: parts } = object(answer.combination);
    const all = list(answer.components).map(object);
    const day = list(answer.stale).map((s) => text(object(s).confirmed)).sort()[0];
    const named = (id, names) => names.length > 0 && say(id, names.slice(0, MOST_ITEMS).join(", "));
    return make("p", { part: "notes", class: "quiet" }, [
      taken || text(answer.release_asked) && say("taken", text(answer.release_asked), text(answer.release)),
      text(answer.as_of) && say("day", text(answer.as_of)),
      all.some((c) => c.verdict === "not_listed") && SAYS.denied,
      text(result) && say("run", text(result)),
      list(parts).length > 0 && SAYS.part,
      recorded !== true && all.filter((c) => rank(c.verdict) < 2).length > 1 && SAYS.untested,
      answer.no_page === true && SAYS.unpaged,
      ...all.map((c) => text(c.remark)),
      day && say("stale", day),
      named("assumed", list(answer.assumed).map((c) => text(object(c).name))),
      named("unasked", list(answer.unchecked).map(text)),
      answer.pass !== true && text(answer.require) && say("required", text(answer.require).replace(",", ", ")),
    ].filter(Boolean).join(" "));
  }

  /** An answer without its evidence: what fails comes first, with what to change. */
  function shown(given) {
    const { answer } = given;
    const [failing, passing] = sorted(answer);
    const resources = object(answer.resources);
    return [
      headline(answer, failing),
      list(answer.unread).length > 0 && make("p", {}, say("unread", list(answer.unread).map(text).join(", "))),
      ...list(resources.met === false && resources.items).slice(0, MOST_ITEMS).map((r) => make("p", { part: "reason" }, text(object(r).why))),
      ...failing.slice(0, MOST_ITEMS).map((c) => reason(c, answer, failing.length === 1)),
      ...list(answer.moves).slice(0, MOST_ITEMS).map(object).map((m) => make("p", { part: "move" }, `${SAYS.change} `, make("strong", {}, text(m.summary)), " ", badge(m.verdict))),
      ...list(answer.offers).slice(0, MOST_ITEMS).map(object).map((o) => make("p", { part: "move" },
        say("listed", text(o.kind), list(o.names).map(text).join(", ") + (o.more > 0 ? ` ${say("more", Number(o.more))}` : "")))),
      ...[...failing, ...passing].slice(0, MOST_ITEMS).map(turn),
      passed(passing),
      ...list(answer.advisories).slice(0, MOST_ITEMS).map(object).map((a) => make("p", { part: "issue" }, make("span", { class: "severity" }, `${text(a.severity)}: `), text(a.title))),
      notes(given),
    ];
  }

  /** All that stands behind it. */
  const evidence = ({ answer }) => [
    items("component", sorted(answer).flat(), component),
    items("component", list(object(answer.resources).items), amount),
    items("advisory", list(answer.advisories), advisory),
  ].filter(Boolean);

  /** Where it leads. */
  function footer({ answer, page }) {
    const support = web(answer.support_url, undefined, /^(?:https?|mailto):$/);
    return [link(page, SAYS.full), support && " · ", support && link(support, SAYS.support),
      ` · ${say("revision", text(object(answer.catalogue).revision))}`].filter(Boolean);
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; }
    :host([hidden]), [hidden] { display: none !important; }
    slot:not([hidden]) + .box { margin-block-start: .5em; }
    .box {
      --_ground: var(--testedon-ground, light-dark(#ffffff, #111817));
      --_line: var(--testedon-line, light-dark(#dbe3e0, #2c3a37));
      --_edge: var(--testedon-edge, light-dark(#7b8a85, #6f827d));
      --_ink: var(--testedon-ink, light-dark(#17211f, #e3ebe9));
      --_quiet: var(--testedon-quiet, light-dark(#55635f, #9db0ab));
      --_accent: var(--testedon-accent, light-dark(#0f766e, #5eead4));
      --_on-accent: var(--testedon-on-accent, light-dark(#ffffff, #06302c));
      padding: .75em 1em; border: 1px solid var(--_line); border-radius: var(--testedon-radius, .6em);
      background: var(--_ground); color: var(--_ink); overflow-wrap: anywhere;
      font-family: var(--testedon-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif); line-height: 1.5;
    }
    p, ul, form { margin: 0; padding: 0; }
    strong, q, cite, a { unicode-bidi: isolate; }
    ul { list-style: none; }
    li { margin-block-start: .6em; padding-block-start: .6em; border-block-start: 1px solid var(--_line); }
    p + p { margin-block-start: .25em; }
    cite { font-style: normal; }
    .severity { text-transform: capitalize; }
    .quiet { color: var(--_quiet); font-size: .875em; }
    a, summary { color: var(--_accent); }
    a[target]::after { content: " ↗" / " (${SAYS.window})"; }
    summary { margin-block-start: .25em; padding-block: .15em; font-size: .875em; cursor: pointer; }
    :focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
    .verdict { display: inline-block; padding: 0 .5em; border: 1px solid; border-radius: 1em; font-size: .875em; font-weight: 700; white-space: nowrap;
      color: var(--_is); background: color-mix(in srgb, var(--_is) 8%, var(--_ground)); }
    .sign { color: var(--_is); font-weight: 700; }
    .tested { --_is: var(--testedon-tested, light-dark(#0f6b3f, #7ddfa9)); }
    .compatible { --_is: var(--testedon-compatible, light-dark(#1d5f8a, #8cc8f0)); }
    .conditional { --_is: var(--testedon-conditional, light-dark(#7d5f00, #e8c558)); }
    .not_listed { --_is: var(--testedon-not-listed, light-dark(#b04000, #ffa377)); }
    .unresolved { --_is: var(--testedon-unresolved, light-dark(#6b3fa0, #cbb0ff)); }
    .incompatible { --_is: var(--testedon-incompatible, light-dark(#a4262c, #ff9c9c)); }
    .stale { --_is: var(--_quiet); }
    .problem strong { color: var(--_is); }
    form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13em), 1fr)); gap: .6em; align-items: end; }
    form:not([hidden]) + :not(:empty) { margin-block-start: .75em; }
    label span { display: block; color: var(--_quiet); font-size: .875em; }
    label span::first-letter { text-transform: uppercase; }
    input, select, button { box-sizing: border-box; inline-size: 100%; min-block-size: 2.25em; padding: .25em .6em; font: inherit;
      border: 1px solid var(--_edge); border-radius: .4em; background: var(--_ground); color: var(--_ink); }
    [aria-invalid] { border-color: var(--testedon-incompatible, light-dark(#a4262c, #ff9c9c)); }
    input::placeholder { color: var(--_quiet); opacity: 1; }
    button { inline-size: auto; justify-self: start; border-color: var(--_accent); background: var(--_accent); color: var(--_on-accent); font-weight: 600; cursor: pointer; }
    .choices { display: flex; flex-wrap: wrap; gap: .5em; }
    .choices:not(:empty) { margin-block-start: .5em; }
  `);

  class TestedOn extends HTMLElement {
    #fallback = make("slot", {});
    #box = make("div", { part: "box", class: "box", lang: SAYS.lang, dir: "ltr" });
    #form = make("form", { part: "form", hidden: "" });
    #status = make("div", { part: "status", role: "status", tabindex: "-1" });
    #choices = make("div", { part: "choices", class: "choices" });
    #details = make("details", { part: "details", hidden: "" });
    #evidence = make("div", { part: "evidence" });
    #foot = make("p", { part: "footer", class: "quiet", hidden: "" });
    #watch = new MutationObserver(() => this.#refresh());
    #inputs = new Map(); // the fields of the form, by parameter
    #names = new Map(); // what a kind is called in a question, by its id
    #asked = ""; // the attributes that are being answered
    #stop = new AbortController(); // what is under way for an older question
    #answer = null;

    constructor() {
      super();
      this.#details.append(make("summary", { part: "toggle" }, SAYS.evidence), this.#evidence);
      this.#box.append(this.#form, this.#status, this.#choices, this.#details, this.#foot);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#fallback, this.#box);
      this.#form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#ask(this.#written());
      });
    }

    /** The answer that is shown, as /v1/check gives it; null while there is none. */
    get answer() {
      return this.#answer;
    }

    static observedAttributes = ["open"];

    attributeChangedCallback() {
      this.#details.open = this.hasAttribute("open");
    }

    // That callback has to name its attributes, and the kinds are not known here. The
    // observer tells of all that change in one task at once.
    connectedCallback() {
      this.#watch.observe(this, { attributes: true });
      queueMicrotask(() => this.#refresh());
    }

    disconnectedCallback() {
      this.#watch.disconnect();
      this.#stop.abort();
      if (!this.#answer) this.#asked = "";
    }

    /** Answers the attributes, unless that is done. */
    #refresh() {
      if (!this.isConnected) return;
      const question = this.#question();
      const asked = [this.hasAttribute("form"), this.getAttribute("server"), question].join(" ");
      if (asked === this.#asked) return;
      this.#asked = asked;
      if (this.hasAttribute("form")) return this.#fillIn();
      this.#form.hidden = true;
      this.#ask(question);
    }

    /** The server that is asked, without a slash at its end. */
    #server() {
      const named = this.getAttribute("server")?.trim();
      const server = named ? web(named, document.baseURI) : home;
      if (server) return server.replace(/[?#].*$/, "").replace(/\/+$/, "");
      throw new Problem({
        code: "no_server",
        detail: named ? SAYS.server : SAYS.no_server,
        hint: say("no_server_hint", `server="https://testedon.example.com"`),
      });
    }

    /** The question that the attributes ask. */
    #question() {
      const question = new URLSearchParams();
      for (const name of ["q", "product", "release", "require"]) add(question, name, [this.getAttribute(name)]);
      this.#then(question);
      if (question.has("q")) {
        question.delete("product");
        question.delete("release");
        return question;
      }
      for (const name of this.#components()) add(question, name, this.getAttribute(name).split(";"));
      return question;
    }

    /** Adds the moment that the attributes name: a day, a revision, or both. */
    #then(question) {
      add(question, "asOf", [this.getAttribute("as-of")]);
      add(question, "known", [this.getAttribute("known")]);
      return question;
    }

    /** The attributes that name components. Those with other signs than the name of a
     *  kind can have belong to a framework. */
    #components() {
      return this.getAttributeNames().filter((name) => /^[a-z][a-z0-9_-]*$/.test(name) && !NO_COMPONENT.test(name));
    }

    /** Runs what may fail for the newest question, and shows the problem if it does. */
    async #run(work) {
      this.#stop.abort();
      const { signal } = (this.#stop = new AbortController());
      this.#show(SAYS.asking);
      try {
        await work(signal);
      } catch (problem) {
        if (!signal.aborted) this.#fail(problem instanceof Problem ? problem : new Problem({ code: "failed", detail: String(problem) }), work);
      }
    }

    #ask(question) {
      return this.#run(async (signal) => {
        const given = await ask(this.#server(), question, signal);
        if (signal.aborted) return;
        this.#show(...shown(given));
        this.#answer = given.answer;
        this.#fallback.hidden = true;
        this.#evidence.replaceChildren(...evidence(given));
        this.#foot.replaceChildren(...footer(given));
        this.#details.hidden = this.#foot.hidden = false;
        this.#tell("answer", given.answer);
      });
    }

    /** Shows lines and nothing else. */
    #show(...line) {
      this.#answer = null;
      this.#details.hidden = this.#foot.hidden = true;
      this.#fallback.hidden = !this.#form.hidden;
      if (this.#choices.contains(this.shadowRoot.activeElement)) this.#status.focus();
      this.#choices.replaceChildren();
      for (const input of this.#inputs.values()) input.removeAttribute("aria-invalid");
      this.#status.replaceChildren(...line.filter(Boolean));
    }

    #fail(problem, work) {
      this.#show();
      const [sign, look] = problem.code === "undecided" ? ["? ", "conditional"] : ["! ", "incompatible"];
      this.#status.replaceChildren(make("p", { part: "problem", class: `problem ${look}` },
        make("strong", {}, make("span", { "aria-hidden": "true" }, sign), problem.detail), problem.hint && ` ${problem.hint}`));
      this.#inputs.get(problem.field)?.setAttribute("aria-invalid", "true");
      const choices = problem.choices.slice(0, MOST_ITEMS).map((c) => this.#button(c.name, () => this.#choose(c.question)));
      if (problem.status >= 500 || ["unreachable", "no_testedon"].includes(problem.code)) choices.push(this.#button(SAYS.again, () => this.#run(work)));
      this.#choices.replaceChildren(...choices);
      this.#tell("problem", problem);
    }

    #button(words, act) {
      const button = make("button", { part: "button", type: "button" }, words);
      button.addEventListener("click", act);
      return button;
    }

    #choose(question) {
      if (this.#inputs.has("q")) this.#inputs.get("q").value = question.get("q");
      this.#ask(question);
    }

    #tell(what, detail) {
      this.dispatchEvent(new CustomEvent(`testedon-${what}`, { detail, bubbles: true, composed: true }));
    }

    // ---- The form.

    /** Draws the form: one field for plain words, or the releases of a product and
     *  then the kinds that a release lists. */
    #fillIn() {
      this.#form.hidden = true;
      this.#inputs.clear();
      const product = this.getAttribute("product")?.trim();
      return this.#run(async (signal) => {
        const server = this.#server();
        const at = `${server}/v1/products/${encodeURIComponent(product)}/releases`;
        const all = this.#then(new URLSearchParams({ limit: 1000 }));
        const [releases, kinds] = product ? await Promise.all([read(`${at}?${all}`, signal), read(`${server}/v1/kinds?${all}`, signal)]) : [];
        if (signal.aborted) return;
        if (!product) return this.#draw([this.#field("q", SAYS.words, SAYS.words_example)]);
        for (const kind of list(kinds.items).map(object)) this.#names.set(text(kind.id), parameter(kind));
        const choice = this.#releases(list(releases.items).map(object));
        choice.addEventListener("change", () => this.#run((signal) => this.#choice(at, choice, signal)));
        this.#inputs.set("release", choice);
        await this.#choice(at, choice, signal);
      });
    }

    /** Draws the fields for the chosen release; what was typed stays. */
    async #choice(at, choice, signal) {
      const then = this.#then(new URLSearchParams());
      const { kinds } = await read(`${at}/${encodeURIComponent(choice.value)}${then.size ? `?${then}` : ""}`, signal);
      if (signal.aborted) return;
      const typed = new Map([...this.#inputs].map(([name, input]) => [name, input.value]));
      const listed = list(kinds).map(object);
      const named = listed.map((k) => this.#names.get(text(k.kind)) ?? text(k.kind));
      const more = this.#components().filter((name) => !named.includes(name));
      this.#inputs = new Map([["release", choice]]);
      this.#draw([
        labelled(SAYS.release, choice),
        ...listed.map((k, i) => {
          const listed = list(k.listed).map(object);
          const example = text((listed.find((l) => l.status === "tested") ?? listed[0])?.label);
          return this.#field(named[i], text(k.name), example && say("example", example), typed, listed.map((l) => text(l.label)));
        }),
        ...more.map((name) => this.#field(name, name, "", typed)),
      ]);
    }

    #draw(fields) {
      const focused = this.shadowRoot.activeElement;
      this.#form.replaceChildren(...fields, make("button", { part: "button" }, SAYS.check));
      this.#form.hidden = false;
      this.#show();
      if (focused?.isConnected) focused.focus();
    }

    /** The list of releases. One that is wanted and not known is in it too, so that the
     *  server says what is wrong; without one it is the newest that is not provisional. */
    #releases(releases) {
      const wanted = this.getAttribute("release")?.trim();
      const known = releases.find((r) => [r.version, ...list(r.aliases)].map(text).includes(wanted));
      const choice = make("select", { part: "input", name: "release" },
        wanted && !known && make("option", {}, wanted),
        ...releases.map((r) => make("option", { value: text(r.version) }, text(r.version), r.provisional === true && ` (${SAYS.provisional})`)));
      const first = known ?? (wanted ? undefined : releases.find((r) => r.provisional !== true));
      if (first) choice.value = text(first.version);
      return choice;
    }

    #field(name, label, placeholder, typed = new Map(), labels = []) {
      const input = make("input", { part: "input", name, autocomplete: "off", list: `listed-${name}`, placeholder });
      input.value = typed.get(name) ?? this.getAttribute(name) ?? "";
      this.#inputs.set(name, input);
      const listed = [...new Set(labels)].map((value) => make("option", { value }));
      return labelled(label, input, make("datalist", { id: `listed-${name}` }, ...listed));
    }

    /** The question that the form asks. */
    #written() {
      const question = new URLSearchParams();
      const words = this.#inputs.get("q");
      add(question, words ? "q" : "product", [words ? words.value : this.getAttribute("product")]);
      if (!words) add(question, "release", [this.#inputs.get("release").value]);
      add(question, "require", [this.getAttribute("require")]);
      this.#then(question);
      for (const [name, input] of this.#inputs) if (!["q", "release"].includes(name)) add(question, name, input.value.split(";"));
      return question;
    }
  }

  /** Adds the values of a parameter that are not empty. */
  function add(question, name, values) {
    for (const value of values) if (value?.trim()) question.append(name, value.trim());
  }

  const labelled = (label, ...input) => make("label", { part: "field" }, make("span", {}, label), ...input);

  /** What a kind is called in a question: its id or, where that is taken, an alias. */
  const parameter = (kind) => [kind.id, ...list(kind.aliases)].map(text).find((name) => !NO_KIND.includes(name)) ?? text(kind.id);

  customElements.define("tested-on", TestedOn);
})();
