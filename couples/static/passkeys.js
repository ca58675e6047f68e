/* Passkeys: asks the browser for one, and sends what it says. No storage, no innerHTML, no third party. */
(() => {
  'use strict';
  const forms = document.querySelectorAll('[data-passkey]');
  if (!window.PublicKeyCredential || !navigator.credentials) {
    document.querySelectorAll('[data-no-passkeys]').forEach((one) => { one.hidden = false; });
    return;
  }

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0),
  );
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const PATIENCE = 15000;

  /* Without `user` we ask for a passkey that is there, with it for a new one. */
  const ask = (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    if (!options.user) {
      publicKey.allowCredentials = described(options.allowCredentials);
      return navigator.credentials.get({ publicKey });
    }
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    publicKey.excludeCredentials = described(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  };

  const written = (credential) => {
    const response = {};
    ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'].forEach((name) => {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    });
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };

  /* What is known of a failure is a sentence of the page's, or one that the server gave. */
  class Refused extends Error {
    constructor(says, field) {
      super(says);
      this.field = field;
    }
  }
  const WHY = {
    NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'there',
    NotSupportedError: 'unfit', ConstraintError: 'unfit', SecurityError: 'elsewhere', TypeError: 'silent',
    TimeoutError: 'silent',
  };

  const again = (form, answer) => {
    const at = new Date(Date.now() + 1000 * (Number(answer.headers.get('Retry-After')) || 60) + 59000);
    const time = at.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
    return form.dataset.wait.replace('{time}', time);
  };

  const send = async (form, url) => {
    const body = new URLSearchParams(new FormData(form));
    const keep = document.querySelector('[name=keep]');
    if (keep && keep.checked) body.set('keep', 'y');
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout && AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 429) throw new Refused(again(form, answer));
    if (!(answer.headers.get('Content-Type') || '').startsWith('application/json')) {
      throw new Refused(answer.status >= 500 ? form.dataset.silent : form.dataset.old);
    }
    const said = await answer.json();
    if (!answer.ok) throw new Refused(said.says || form.dataset.old, said.field);
    return said;
  };

  const use = async (form) => {
    const asked = await send(form, form.dataset.passkey);
    form.elements.challenge.value = asked.challenge;
    form.elements.credential.value = written(await ask(asked.options));
    location.assign((await send(form, form.action)).to);
  };

  forms.forEach((form) => {
    const button = form.querySelector('.btn');
    const error = form.querySelector('.err[hidden]');
    const rest = [...button.childNodes];
    const field = form.elements.label;
    const hint = field && field.getAttribute('aria-describedby');
    /* An error about the name stands at it, as in a form that the server shows again. */
    const mark = (is) => {
      (is ? field : button.parentElement).before(error.parentElement);
      if (!field) return;
      field.setAttribute('aria-describedby', is ? `${hint} ${error.id}` : hint);
      if (!is) { field.removeAttribute('aria-invalid'); return; }
      field.setAttribute('aria-invalid', 'true');
      field.focus();
    };
    const busy = (is) => {
      form.sending = is;
      button.replaceChildren(...(is ? [button.dataset.busy] : rest));
      button.classList.toggle('is-busy', is);
      if (is) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    };
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (form.sending) return;
      busy(true);
      error.hidden = true;
      mark(false);
      try {
        await use(form);
      } catch (problem) {
        error.lastElementChild.textContent = problem instanceof Refused
          ? problem.message : form.dataset[WHY[problem.name] || 'cancelled'];
        error.hidden = false;
        busy(false);
        if (problem.field) mark(true);
      }
      form.elements.challenge.value = '';
      form.elements.credential.value = '';
    });
    /* Coming back with the Back button: nothing busy. */
    window.addEventListener('pageshow', () => busy(false));
  });
})();
