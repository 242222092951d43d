// A fragment that fails puts a sentence and a way to try again into #notices; the page stays as it is.
(() => {
  const area = document.getElementById("notices");
  const sentence = (status) => {
    if (status === 403 || status === 404) return "You may not see this part any more. The page below is unchanged.";
    if (status === 429) return "Brightspace asks for a pause. The page below is unchanged.";
    return `This part could not be read${status ? ` (${status})` : ""}. The page below is unchanged.`;
  };

  const tell = (text, detail) => {
    const asked = detail.requestConfig;
    const path = detail.pathInfo?.finalRequestPath || asked.path;
    const notice = document.createElement("div");
    notice.className = "note bad";
    notice.append(Object.assign(document.createElement("p"), { textContent: text }));
    if (asked.verb === "get") {
      const again = Object.assign(document.createElement("a"), { href: path, textContent: "Try again" });
      again.addEventListener("click", (event) => {
        const target = document.getElementById(asked.target.id);
        if (!target) return; // what it belonged to is gone: follow the link
        event.preventDefault();
        notice.remove();
        htmx.ajax("GET", path, { target, swap: target.id === "board" ? "outerHTML" : "innerHTML" });
      });
      notice.append(again);
    }
    area.replaceChildren(notice);
  };

  const on = (name, words) =>
    document.addEventListener(name, (event) => tell(words(event.detail), event.detail));
  on("htmx:responseError", (detail) => sentence(detail.xhr.status));
  on("htmx:sendError", () => "The portal could not be reached. The page below is unchanged.");
  on("htmx:timeout", () => "The answer took too long. The page below is unchanged.");
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) area.querySelector(".bad")?.remove();
  });
})();
