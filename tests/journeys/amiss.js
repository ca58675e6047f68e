// What does not fit: the page runs sideways, words are cut off, labels beside each other overlap.
() => {
  const said = (one) =>
    `${one.tagName}.${one.className} “${one.textContent.trim().slice(0, 50)}”`;
  const shown = (one) => one.getClientRects().length && !one.closest('.vh, .skips, [hidden], svg');
  const around = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect();
  };
  const clips = (one) => /hidden|clip/.test(getComputedStyle(one).overflowX);
  const all = [...document.querySelectorAll('body *')].filter(shown);
  const texts = all.filter((one) =>
    [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  );
  const found = [];
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) {
    const beyond = all.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.right > innerWidth + 1 || box.left < -1;
    });
    found.push(`sideways, ${wide}: ${beyond.slice(0, 2).map(said).join(' and ')}`);
  }
  for (const one of texts) {
    const box = around(one);
    for (let over = one; over && over !== document.body; over = over.parentElement) {
      const room = over.getBoundingClientRect();
      if (clips(over) && (box.right > room.right + 1 || box.left < room.left - 1)) {
        found.push(`cut off: ${said(one)}`);
        break;
      }
    }
  }
  for (const bar of document.querySelectorAll('nav, .btns, .top .wrap')) {
    const boxes = [...bar.querySelectorAll('a, button')].filter(shown).map((one) => [one, around(one)]);
    boxes.forEach(([one, a], at) => {
      for (const [other, b] of boxes.slice(at + 1)) {
        const across = a.left < b.right - 1 && b.left < a.right - 1;
        if (across && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
          found.push(`one on the other: ${said(one)} and ${said(other)}`);
        }
      }
    });
  }
  return found;
}
