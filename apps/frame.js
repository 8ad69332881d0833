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
    // where files are dropped
    document.querySelectorAll("[data-testid=stFileUploader]").forEach((box) => {
      box.querySelectorAll("p, span, div").forEach((node) => {
        if (node.children.length) return;
        const said = node.textContent, size = said.match(/^(\d+)MB per file/), large = said.match(/(\d+)(?:\.0)?MB or smaller/);
        if (said === "Upload") node.textContent = names.upload;
        else if (size) node.textContent = names.size.replace("#", size[1]);
        else if (large) node.textContent = names.large.replace("#", large[1]);
      });
      box.querySelectorAll("[role=presentation][aria-label]").forEach((node) => put(node, "role", "group"));
      box.querySelectorAll("[aria-label]").forEach((node) => {
        const said = node.getAttribute("aria-label"), removed = said.match(/^Remove (.+)$/);
        if (said === "file upload") put(node, "aria-label", names.upload);
        else if (said === "Add files") put(node, "aria-label", names.add);
        else if (removed) put(node, "aria-label", names.remove.replace("#", removed[1]));
      });
    });
    // a picture is called what its caption says
    document.querySelectorAll("[data-testid=stImage]").forEach((node) => {
      const caption = node.querySelector("[data-testid=stImageCaption]") || node.parentElement.querySelector("[data-testid=stImageCaption]");
      node.querySelectorAll("img").forEach((picture) => put(picture, "alt", caption ? caption.textContent : ""));
    });
    let wide = 0;
    document.querySelectorAll("[data-testid=stTable]").forEach((node) => {
      [node, ...node.querySelectorAll("div")].forEach((box) => {
        if (box.scrollWidth > box.clientWidth + 1) {
          wide += 1;
          put(box, "tabindex", "0"); put(box, "role", "region");
          put(box, "aria-label", wide === 1 ? names.table : `${names.table} ${wide}`);
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
  // what a table needs to be scrolled by is another on another width
  if (window.innenfraResized) window.removeEventListener("resize", window.innenfraResized);
  window.innenfraResized = later;
  window.addEventListener("resize", later);
  window.innenfraObserver = new MutationObserver(later);
  window.innenfraObserver.observe(document.body, { childList: true, subtree: true });
  name();
})();
