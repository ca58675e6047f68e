"""What the looks ask a page itself, in its own language."""

from __future__ import annotations

# Whether somebody sees it: what is only for ears is one pixel large, and what is folded has no box.
COMMON = """
const seen = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('.vh')
  && one.getClientRects().length > 0;
const say = (one) => {
  const words = (one.getAttribute('aria-label') || one.innerText || one.value || one.name || '');
  const named = `${one.localName} class="${one.getAttribute('class') || ''}"`;
  return `<${named}> ${words.trim().slice(0, 50)}`;
};
const PRESSED = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
const pressed = () => [...document.querySelectorAll(PRESSED)].filter(
  (one) => (seen(one) || one.matches('.band input, .days input'))
    && !one.closest('.skips, svg, [hidden]'));
const shownOf = (one) => one.closest('.band label, .days label, .check, .skip') || one;
"""

# Nothing sideways, and nothing cut off where it overflows; what scrolls by itself is no page.
CUT = f"""() => {{{COMMON}
  const found = [], root = document.scrollingElement;
  const scrolls = (one) => one.closest('[tabindex][role=region]');
  if (root.scrollWidth > innerWidth)
    found.push(`the page is ${{root.scrollWidth}} wide`);
  for (const one of document.querySelectorAll('body *')) {{
    if (one.closest('svg, .skips, option') || !seen(one)) continue;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const text = [...one.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (text && !scrolls(one) && (box.right > innerWidth + 1 || box.left < -1))
      found.push(`outside the window: ${{say(one)}}`);
    const hides = /hidden|clip/.test(style.overflowX) && style.clipPath === 'none';
    if (hides && one.scrollWidth > one.clientWidth + 1) found.push(`cut off: ${{say(one)}}`);
    if (/hidden|clip/.test(style.overflowY) && style.clipPath === 'none'
      && one.scrollHeight > one.clientHeight + 1 && one.innerText)
      found.push(`cut off below: ${{say(one)}}`);
    if (one.localName === 'select' && one.scrollWidth > one.clientWidth + 1)
      found.push(`cut off: ${{say(one)}}`);
  }}
  return [...new Set(found)].slice(0, 6);
}}"""

# How many pixels of the window what is pinned to it takes, in the middle of the page.
PINNED = """() => {
  scrollTo(0, (document.scrollingElement.scrollHeight - innerHeight) / 2);
  let taken = 0;
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!/fixed|sticky/.test(style.position) || !one.checkVisibility()) continue;
    if (one.closest('.skips')) continue;
    const pinned = style.position === 'fixed' || Math.abs(box.top - parseFloat(style.top)) < 1;
    if (pinned) taken += Math.max(0, Math.min(innerHeight, box.bottom) - Math.max(0, box.top));
  }
  scrollTo(0, 0);
  return taken;
}"""

SPACED = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-block-end:2em!important}"
)
# By the page's own means: the policy allows no style element, and forbids no sheet made here.
ADD_STYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
DROP_STYLE = "document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)"

# A field and a button have an edge, a link a line or a place in a list of its own; where one is
# differs from where one is not in more than a colour.
SHOWN_IN_FORCED_COLOURS = f"""() => {{{COMMON}
  const found = [];
  const edged = (one) => {{
    const style = getComputedStyle(one);
    return ['Top', 'Right', 'Bottom', 'Left'].some((side) =>
      style[`border${{side}}Style`] !== 'none' && parseFloat(style[`border${{side}}Width`]) >= 1);
  }};
  const lined = (one) => [one, ...one.querySelectorAll('*')].some(
    (each) => getComputedStyle(each).textDecorationLine.includes('underline'));
  for (const one of pressed()) {{
    const shown = shownOf(one), style = getComputedStyle(one);
    const own = style.appearance !== 'none' && one.localName === 'input';
    const cell = shown.closest('.band, .days');
    if (own || edged(shown) || lined(shown) || (cell && edged(cell)) || edged(one)) continue;
    // Places and rows: a list of nothing but links is known by being one, as in any browser's menu.
    if (one.closest('nav, .foot, .top, .rows')) continue;
    found.push(`neither edge nor line: ${{say(one)}}`);
  }}
  for (const one of document.querySelectorAll('[aria-current]')) {{
    const other = one.closest('ul, p, nav')?.querySelectorAll('a:not([aria-current])');
    if (!seen(one) || !other?.length) continue;
    if (lined(one) === lined(other[0]) && edged(one) === edged(other[0]))
      found.push(`differs from the others by a colour alone: ${{say(one)}}`);
  }}
  for (const one of document.querySelectorAll('.mark')) {{
    const style = getComputedStyle(one, '::before');
    if (seen(one) && parseFloat(style.borderTopWidth) < 1) found.push(`no shape: ${{say(one)}}`);
  }}
  const lines = (shape) => [...document.querySelectorAll(`svg.chart .line--${{shape}}`)];
  for (const one of [...lines('disc'), ...lines('diamond')])
    if (getComputedStyle(one).stroke === getComputedStyle(one.closest('svg')).backgroundColor)
      found.push('a line of the chart has the colour of the paper');
  const dashes = (shape) => lines(shape).map((one) => getComputedStyle(one).strokeDasharray);
  if (dashes('disc').some((one) => dashes('diamond').includes(one)))
    found.push('both lines of the chart look alike');
  return [...new Set(found)].slice(0, 6);
}}"""

MOVING = f"""() => {{{COMMON}
  const found = document.getAnimations().filter((one) => one.playState === 'running')
    .map((one) => `an animation runs: ${{one.animationName || one.transitionProperty}}`);
  const long = (times) => times.split(',').some((one) => parseFloat(one) > 0.001);
  for (const one of document.querySelectorAll('body, body *')) {{
    for (const part of [null, '::before', '::after']) {{
      const style = getComputedStyle(one, part);
      if (long(style.transitionDuration) || long(style.animationDuration))
        found.push(`moves: ${{say(one)}}${{part || ''}}`);
    }}
  }}
  return [...new Set(found)].slice(0, 6);
}}"""

# A link inside a sentence is as high as its line; everything else is 44 pixels at least.
SMALL = f"""() => {{{COMMON}
  const found = [];
  const size = (box) => `${{Math.round(box.width)}}x${{Math.round(box.height)}}`;
  for (const one of pressed()) {{
    const shown = shownOf(one), box = shown.getBoundingClientRect();
    const around = one.parentElement.innerText.trim().length > one.innerText?.trim().length;
    const sentence = one.localName === 'a' && getComputedStyle(one).display === 'inline' && around;
    if (sentence) {{
      if (Math.max(box.height, parseFloat(getComputedStyle(one).lineHeight)) < 24)
        found.push(`${{size(box)}} in a sentence: ${{say(one)}}`);
    }} else if (Math.min(box.height, box.width) < 43.5) found.push(`${{size(box)}}: ${{say(one)}}`);
  }}
  return [...new Set(found)].slice(0, 6);
}}"""

WITHOUT_DIRECTION = f"""(words) => {{{COMMON}
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {{
    const text = walk.currentNode.data, parent = walk.currentNode.parentElement;
    const own = words.find((one) => text.includes(one));
    if (own && !parent.closest('[dir=auto], textarea, bdi, script'))
      found.push(`${{own.slice(0, 40)}} in ${{say(parent)}}`);
  }}
  for (const one of document.querySelectorAll('textarea, input[type=text]'))
    if (words.some((each) => one.value.includes(each)) && one.getAttribute('dir') !== 'auto')
      found.push(`in the field ${{one.name}}`);
  return [...new Set(found)].slice(0, 6);
}}"""

RINGED = """
const ringed = (one) => {
  const near = one.closest('label, svg');
  const all = near ? [one, near, ...near.querySelectorAll('*')] : [one];
  return all.some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || (each.matches('a path') && parseFloat(style.strokeWidth) >= 3 && style.stroke !== 'none');
  });
};
"""

# Each in its turn, as Tab would; what covers its middle must be itself, or what it is part of.
FOCUS_ALL = f"""() => {{{COMMON}{RINGED}
  const found = [];
  for (const one of pressed()) {{
    one.focus();
    if (document.activeElement !== one) {{ found.push(`takes no focus: ${{say(one)}}`); continue; }}
    if (!ringed(one)) found.push(`no ring: ${{say(one)}}`);
    const shown = shownOf(one);
    const boxes = [...shown.getClientRects()];
    const free = boxes.some((box) => {{
      const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      if (right - left < 1 || bottom - top < 1) return false;
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return at && (shown.contains(at) || at.contains(shown));
    }});
    if (!free) found.push(`hidden while it has the focus: ${{say(one)}}`);
  }}
  document.activeElement.blur();
  scrollTo(0, 0);
  return [...new Set(found)].slice(0, 6);
}}"""

# The stops there should be: all that is pressed, one for each group of radios, one for a chart.
COUNT_STOPS = f"""() => {{{COMMON}
  document.activeElement.blur();
  scrollTo(0, 0);
  const all = [...document.querySelectorAll(`${{PRESSED}}, [tabindex="0"]`)].filter(
    (one) => one.checkVisibility({{visibilityProperty: true}}) && one.tabIndex >= 0
      && !one.closest('[hidden]'));
  globalThis.stops = all.filter((one) => {{
    if (one.type !== 'radio') return true;
    const group = all.filter((each) => each.name === one.name && each.form === one.form);
    return one === (group.find((each) => each.checked) || group[0]);
  }});
  globalThis.passed = [];
  document.addEventListener('focusin', (event) => globalThis.passed.push(event.target));
  getSelection().removeAllRanges();
}}"""

# A day has three parts, and a time two: each is a stop of its own inside one field.
PRESSES = """globalThis.stops.reduce((all, one) => all + ({date: 4, time: 3}[one.type] || 1), 0)"""

JUDGE_STOPS = f"""() => {{{COMMON}
  const {{stops, passed}} = globalThis, found = [];
  const reached = new Set(passed);
  const same = (one, other) => one === other || (one.type === 'radio' && other.name === one.name
    && one.form === other.form);
  for (const one of stops)
    if (![...reached].some((each) => same(one, each))) found.push(`is not reached: ${{say(one)}}`);
  for (let i = 1; i < Math.min(passed.length, stops.length); i += 1)
    if (!(passed[i - 1].compareDocumentPosition(passed[i]) & Node.DOCUMENT_POSITION_FOLLOWING))
      found.push(`comes after ${{say(passed[i - 1])}} and stands before it: ${{say(passed[i])}}`);
  for (const one of document.querySelectorAll('[tabindex]'))
    if (one.tabIndex > 0) found.push(`an order of its own: ${{say(one)}}`);
  return [...new Set(found)].slice(0, 6);
}}"""

SKIPS = """() => {
  /* Where quick exit leads there is nothing to skip, and nothing to leave. */
  if (location.pathname === '/exit') return [];
  const [first, second] = document.querySelectorAll('a[href], button, input, select');
  const found = [];
  const main = document.querySelector('main');
  if (!first || first.getAttribute('href') !== '#' + (main && main.id))
    found.push('the first stop does not lead to the content');
  if (!second || !second.hasAttribute('data-exit')) found.push('the second stop does not lead out');
  if (main && main.tabIndex !== -1) found.push('the content takes no focus');
  return found;
}"""
