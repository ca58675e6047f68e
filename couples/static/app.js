/* Everything here only adds comfort: each page works without this file. No storage, no innerHTML, no third party. */
(() => {
  'use strict';
  const root = document.documentElement;
  if (root.dataset.on) return; /* loaded twice, everything would be counted twice */
  root.dataset.on = '1';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (target, type, handler, options) => target.addEventListener(type, handler, options);

  /* ---------- quick exit: cover first, then leave without a way back ---------- */
  const PRESSES = 3;
  const WAIT = 5000;
  const says = document.querySelector('[data-exit-says]');
  let presses = 0;
  let shiftWasHeld = false;
  let timer = 0;
  let cover = null;
  let dots = null;

  const announce = (text) => { if (says) says.textContent = text || ''; };

  const showDots = () => {
    if (!dots) {
      dots = document.createElement('span');
      dots.className = 'dots';
      dots.setAttribute('aria-hidden', 'true');
      for (let i = 0; i < PRESSES; i += 1) dots.append(document.createElement('i'));
      document.body.append(dots);
    }
    dots.hidden = presses === 0;
    [...dots.children].forEach((dot, i) => dot.classList.toggle('on', i < presses));
  };

  const forgetPresses = () => {
    clearTimeout(timer);
    presses = 0;
    if (dots) showDots();
  };

  const leave = (url) => {
    if (cover) return;
    forgetPresses();
    saveNow();
    cover = document.createElement('div');
    cover.className = 'cover';
    cover.setAttribute('role', 'alert');
    document.body.append(cover);
    document.body.classList.add('leaving');
    cover.textContent = (says && says.dataset.leaving) || '';
    document.title = '';
    let gone = false;
    const go = () => { if (!gone) { gone = true; location.replace(url); } };
    /* One painted frame with the cover before any network; the timer is for tabs that do not paint. */
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, 80);
  };

  const pageTitle = document.title;
  const uncover = () => {
    document.body.classList.remove('leaving');
    if (cover) { cover.remove(); cover = null; document.title = pageTitle; }
    forgetPresses();
    announce('');
  };

  const exitUrl = () => {
    const link = document.querySelector('.exit[data-exit]');
    return link ? link.href : '/exit';
  };

  on(document, 'click', (event) => {
    const link = event.target.closest && event.target.closest('[data-exit]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave(link.href);
  });

  const timedOut = () => {
    const started = presses > 0;
    forgetPresses();
    if (started) {
      announce(says && says.dataset.gone);
      timer = setTimeout(announce, WAIT);
    }
  };

  /* A capital letter ends with Shift too; it counts only if no other key went up while Shift was held. */
  on(document, 'keyup', (event) => {
    if (event.key === 'Shift' && !shiftWasHeld) {
      presses += 1;
      clearTimeout(timer);
      if (presses >= PRESSES) { announce(''); leave(exitUrl()); return; }
      timer = setTimeout(timedOut, WAIT);
      showDots();
      announce(says && says.dataset[presses === 1 ? 'two' : 'one']);
    } else if (event.key !== 'Shift') {
      if (presses) announce('');
      forgetPresses();
    }
    shiftWasHeld = event.shiftKey;
  }, true);

  /* ---------- what came of the press that led here ---------- */
  /* A status that is filled as the page comes is seldom read out, so it is said again, once, where one waits empty. */
  let toast = all('.toast').map((one) => one.textContent.trim()).join(' ');
  all('.toasts').forEach((place) => place.setAttribute('aria-live', 'off'));
  const tell = () => {
    const text = toast;
    toast = '';
    setTimeout(() => {
      if (!text || presses || cover) return;
      announce(text);
      setTimeout(() => { if (says && says.textContent === text) announce(); }, WAIT);
    }, 1000);
  };

  /* ---------- offline ---------- */
  const offline = (is) => all('[data-offline]').forEach((banner) => { banner.hidden = !is; });
  on(window, 'offline', () => offline(true));
  on(window, 'online', () => { offline(false); saveNow(); });

  /* ---------- drafts save themselves: at a pause, and while typing goes on ---------- */
  const PAUSE = 1500;
  const LONGEST = 3000;
  const MOST = 5000;
  const PATIENCE = 8000;
  const savers = [];
  function saveNow() { savers.forEach((saver) => saver.flush()); }

  const autosave = (form) => {
    /* A second place is for the eyes alone, where the first isn't seen. */
    const places = [...all('[data-saved]', form), ...all('[data-saved-too]')];
    let waiting = 0;
    let wait = PAUSE;
    let dirty = false;
    let since = 0;
    let stopped = false;
    let running = null;
    /* What was sent and not answered may have been kept: it goes again, word for word, before newer
       words; else our own save would look like somebody else's. */
    let unanswered = null;

    const say = (text) => { if (text) places.forEach((place) => { place.textContent = text; }); };

    const keep = async () => {
      const again = unanswered;
      const body = again || new FormData(form);
      unanswered = body;
      dirty = !!again;
      since = 0;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: 'POST',
          body,
          headers: { Accept: 'application/json' },
          keepalive: true,
          redirect: 'error',
          signal: AbortSignal.timeout && AbortSignal.timeout(PATIENCE),
        });
        if (answer.status >= 400 && answer.status < 500) unanswered = null;
        if (answer.status === 409) {
          stopped = true;
          say(form.dataset.conflict);
          places.forEach((place) => place.classList.add('err'));
          return;
        }
        /* Refused, not failed: too long, say. The page says why; trying again needs other words. */
        if ([400, 401, 422].includes(answer.status)) { say((await answer.json()).saved); return; }
        if (!answer.ok) throw new Error(String(answer.status));
        const kept = await answer.json();
        unanswered = null;
        /* Newer words than those are overdue. */
        if (again) since = 1;
        if (form.elements.revision && kept.revision !== undefined) form.elements.revision.value = kept.revision;
        say(kept.saved);
        wait = PAUSE;
        offline(false);
      } catch (problem) {
        dirty = true;
        wait = Math.min(wait * 2, MOST);
        if (navigator.onLine && form.dataset.failed) say(form.dataset.failed);
        else offline(true);
      }
    };

    const flush = () => {
      clearTimeout(waiting);
      if (!dirty || stopped || running) return running;
      running = keep().finally(() => {
        running = null;
        if (dirty && !stopped && navigator.onLine) later(wait);
      });
      return running;
    };

    const later = (pause) => {
      clearTimeout(waiting);
      waiting = setTimeout(flush, since ? Math.min(pause, since + LONGEST - Date.now()) : pause);
    };

    on(form, 'input', () => {
      dirty = true;
      since = since || Date.now();
      later(PAUSE);
    });

    const saver = {
      form,
      flush,
      busy: () => running,
      hold: () => { clearTimeout(waiting); dirty = false; },
    };
    savers.push(saver);
  };
  all('form[data-autosave]').forEach(autosave);
  on(window, 'pagehide', saveNow);
  on(document, 'visibilitychange', () => { if (document.visibilityState === 'hidden') saveNow(); });

  /* ---------- one press is enough ---------- */
  const markBusy = (button) => {
    button.setAttribute('aria-disabled', 'true');
    if (!button.dataset.busy) return;
    button.kept = [...button.childNodes];
    button.replaceChildren(button.dataset.busy);
    button.classList.add('is-busy');
  };

  const notBusy = (button) => {
    button.removeAttribute('aria-disabled');
    button.classList.remove('is-busy');
    if (button.kept) { button.replaceChildren(...button.kept); button.kept = null; }
  };

  on(document, 'submit', (event) => {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented || (form.method || '').toLowerCase() !== 'post') return;
    /* A file comes and the page stays: there is nothing to wait for. */
    if ('download' in form.dataset) return;
    if (form.sending) { event.preventDefault(); return; }
    const saver = savers.find((one) => one.form === form);
    if (saver) {
      const running = saver.busy();
      saver.hold();
      /* The running save will raise the revision; sending the old one would look like a conflict. */
      if (running) {
        event.preventDefault();
        running.finally(() => { saver.hold(); form.requestSubmit(button || undefined); });
        return;
      }
    }
    form.sending = true;
    if (button && button.classList.contains('btn')) markBusy(button);
  });

  /* Coming back with the Back button: nothing covered, nothing busy. */
  on(window, 'pageshow', () => {
    uncover();
    tell();
    shiftWasHeld = false;
    all('form').forEach((form) => { form.sending = false; });
    all('[aria-disabled=true].btn').forEach(notBusy);
    offline(!navigator.onLine);
  });

  /* ---------- gentle hints: asked of the server, kept nowhere ---------- */
  let closeOther = null;
  all('[data-hint]').forEach((field) => {
    const box = field.parentElement.querySelector('.gentle');
    const [lead, text] = all('b, p.small', box);
    const list = box.querySelector('ul');
    const starters = all('button', list);
    const keep = box.querySelector('.btn');
    const help = box.querySelector('a');
    const kept = [];
    let waiting = 0;
    let asked = null;
    let quote = '';

    const show = (hint) => {
      const name = hint && (hint.quote || hint.key);
      const open = name && !kept.includes(name) ? hint : { starters: [] };
      if (open.key) {
        if (closeOther && closeOther !== close) closeOther();
        closeOther = close;
      }
      quote = name;
      lead.textContent = open.lead || '';
      text.textContent = open.text || '';
      starters.forEach((button, i) => {
        button.textContent = open.starters[i] || '';
        button.parentElement.hidden = !open.starters[i];
      });
      list.hidden = !open.starters.length;
      help.hidden = !open.care;
      keep.hidden = lead.closest('div').hidden = !!open.care;
      box.hidden = !open.key;
    };
    const close = () => show(null);

    const ask = async () => {
      asked = new AbortController();
      try {
        const answer = await fetch('/hint', {
          method: 'POST',
          body: new URLSearchParams({
            text: field.value,
            kind: field.dataset.hint,
            csrf_token: field.form.elements.csrf_token.value,
          }),
          redirect: 'error',
          signal: asked.signal,
        });
        if (answer.ok) show(await answer.json());
      } catch (problem) { /* offline, or typing went on */ }
    };

    on(field, 'input', () => {
      clearTimeout(waiting);
      if (asked) asked.abort();
      waiting = setTimeout(ask, 700);
    });

    /* The caret stays where it was in the words that were there. */
    starters.forEach((button) => on(button, 'click', () => {
      field.setRangeText(`${button.textContent} `, 0, 0, 'preserve');
      field.focus();
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }));

    on(keep, 'click', () => {
      kept.push(quote);
      close();
      field.focus();
    });
  });

  /* ---------- small comforts ---------- */
  all('[data-preview]').forEach((control) => {
    const targets = all('[data-preview-of]').filter((el) => el.dataset.previewOf === control.dataset.preview);
    const show = () => targets.forEach((el) => {
      el.textContent = control.value || el.dataset.empty || '';
      const row = el.closest('[data-preview-row]');
      if (row) row.hidden = !control.value.trim();
    });
    on(control, 'input', show);
    on(window, 'pageshow', show);
  });

  /* A form of words to begin with; what is written already stays behind it. */
  all('[data-insert]').forEach((button) => {
    const control = document.getElementById(button.dataset.insert);
    if (!control) return;
    button.hidden = false;
    on(button, 'click', () => {
      control.setRangeText(control.value ? `${button.textContent} ` : button.textContent, 0, 0);
      const gap = control.value.indexOf('…');
      control.focus();
      control.setSelectionRange(gap, gap + 1);
      control.dispatchEvent(new Event('input', { bubbles: true }));
    });
  });

  all('[data-show]').forEach((button) => {
    const control = document.getElementById(button.dataset.show);
    if (!control) return;
    const set = (shown) => {
      control.type = shown ? 'text' : 'password';
      button.textContent = shown ? button.dataset.hideText : button.dataset.showText;
      button.setAttribute('aria-label', shown ? button.dataset.hideLabel : button.dataset.showLabel);
    };
    button.hidden = false;
    set(false);
    on(button, 'click', () => { set(control.type === 'password'); control.focus(); });
    if (control.form) on(control.form, 'submit', () => set(false));
  });

  const copyText = async (source) => {
    const text = source.value || source.textContent.trim();
    try { await navigator.clipboard.writeText(text); return; } catch (problem) { /* no permission, or plain http */ }
    const range = document.createRange();
    range.selectNodeContents(source);
    if (source.select) source.select();
    else { getSelection().removeAllRanges(); getSelection().addRange(range); }
    if (!document.execCommand('copy')) throw new Error('copy');
  };

  /* A new person's time zone: the server guesses by the language, the device knows its own. */
  all('select[data-zone]').forEach((list) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    /* What hides its zone says one of these, and knows less than a guess. */
    if (list.value && /^(UTC|GMT|Etc\/.*|Atlantic\/Reykjavik)$/.test(timeZone)) return;
    const its = (one) => one.value === timeZone || (one.dataset.also || '').split(' ').includes(timeZone);
    const known = [...list.options].find(its);
    if (known) known.selected = true;
  });

  all('[data-copy]').forEach((button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    on(button, 'click', async () => {
      const before = [...button.childNodes];
      try { await copyText(source); } catch (problem) { return; }
      if (button.copied) return;
      button.copied = true;
      button.replaceChildren(button.dataset.copied || button.textContent);
      setTimeout(() => { button.replaceChildren(...before); button.copied = false; }, 3000);
    });
  });

  all('[data-print]').forEach((button) => {
    button.hidden = false;
    on(button, 'click', () => print());
  });

  /* A chart's rounds are one stop for the Tab key, arrows go on from there; a press shows its numbers. */
  all('.chart').forEach((chart) => {
    const rounds = all('a', chart);
    const only = (chosen) => rounds.forEach((one) => { one.tabIndex = one === chosen ? 0 : -1; });
    only(rounds.at(-1));
    on(chart, 'keydown', (event) => {
      const next = rounds[rounds.indexOf(event.target) + { ArrowLeft: -1, ArrowRight: 1 }[event.key]];
      if (!next) return;
      event.preventDefault();
      only(next);
      next.focus();
    });
    /* A hand's press shows the round where it is. A screen reader's has no size, or no pressure, or
       no pointer at all: it goes to the numbers, as Enter does. */
    let byHand = false;
    on(chart, 'pointerdown', (event) => {
      byHand = event.pointerType === 'mouse' ? event.pressure > 0 : event.width + event.height > 0;
    });
    on(chart, 'click', (event) => {
      const round = event.target.closest('a');
      if (byHand && event.detail) event.preventDefault();
      else if (round) document.querySelector(round.getAttribute('href')).closest('details').open = true;
      byHand = false;
    });
  });

  /* Focus goes to the list of errors, or to a heading that announces a change. */
  const first = document.querySelector('[data-focus]');
  if (first) first.focus();
})();
