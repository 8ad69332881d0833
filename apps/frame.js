// Names of parts of the page that Streamlit leaves without one or says in English, and tables that a keyboard can scroll.
(() => {
  const names = window.innenfraNames;
  const english = {
    "Close": names.close, "Fullscreen": names.fullscreen, "Close fullscreen": names.close,
    "Copy to clipboard": names.copy, "Copied": names.copied, "Clear value": names.clear, "Clear all": names.clear,
  };
  const put = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };
  const name = () => {
    document.documentElement.lang = window.innenfraLanguage;
    const menu = document.querySelector(".st-key-menu");
    if (menu) { put(menu, "role", "navigation"); put(menu, "aria-label", names.menu); }
    document.querySelectorAll("[aria-label], [title]").forEach((node) => {
      ["aria-label", "title"].forEach((part) => {
        const said = node.getAttribute(part);
        if (said in english) node.setAttribute(part, english[said]);
      });
    });
    // a picture is called what its caption says
    document.querySelectorAll("[data-testid=stImage]").forEach((node) => {
      const caption = node.querySelector("[data-testid=stImageCaption]") || node.parentElement.querySelector("[data-testid=stImageCaption]");
      node.querySelectorAll("img").forEach((picture) => put(picture, "alt", caption ? caption.textContent : ""));
    });
    document.querySelectorAll("[data-testid=stTable]").forEach((node) => {
      [node, ...node.querySelectorAll("div")].forEach((box) => {
        if (box.scrollWidth > box.clientWidth + 1) {
          put(box, "tabindex", "0"); put(box, "role", "region"); put(box, "aria-label", names.table);
        }
      });
    });
  };
  if (window.innenfraObserver) window.innenfraObserver.disconnect();
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; name(); });
  };
  window.innenfraObserver = new MutationObserver(later);
  window.innenfraObserver.observe(document.body, { childList: true, subtree: true });
  name();
})();
