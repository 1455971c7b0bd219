"use strict";
// What scripts add to pages that work without them: a click on a finding shows it at both sides without leaving the
// page; files and folders can be dropped. No page depends on this file.
document.documentElement.classList.add("script");

document.addEventListener("DOMContentLoaded", () => {
  const split = document.getElementById("split");
  if (split) reading(split);
  const drop = document.getElementById("drop");
  if (drop) dropping(drop);
  if (matchMedia("(max-width: 899px)").matches)
    for (const fold of document.querySelectorAll("details.fold")) fold.open = false;
});

function reading(split) {
  const named = (name) => split.querySelectorAll(`[data-f~="${CSS.escape(name)}"]`);

  function show(name, clicked) {
    for (const old of split.querySelectorAll(".on")) old.classList.remove("on");
    const found = [...named(name)];
    for (const mark of found) mark.classList.add("on");
    for (const side of [".left", ".right"]) {
      const mark = found.find((m) => m.closest(side));
      if (mark && !(clicked && mark.closest(side).contains(clicked))) mark.scrollIntoView({ block: "center" });
    }
  }

  function load(address) {
    const link = new URL(address, location.href);
    link.hash = "";
    return htmx.ajax("GET", link.pathname + link.search, { target: "#chosen", swap: "outerHTML" });
  }

  split.addEventListener("click", (event) => {
    const link = event.target.closest("a.f, a.turn");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    history.replaceState(null, "", address);
    const name = link.dataset.inner || link.dataset.f;
    const before = link.closest(".left") ? null : link;
    load(address).then(() => {
      if (name) show(name.trim(), link.isConnected ? link : before);
    });
  });

  const first = split.dataset.chosen;
  if (first) {
    show(first, null);
    document.getElementById("chosen").focus({ preventScroll: true }); // else a hundred marks come before it
  } else document.getElementById("here")?.scrollIntoView({ block: "center" });
}

function dropping(form) {
  const progress = document.getElementById("sent");
  let busy = false;

  function send(files) {
    if (!files.length || busy) return;
    busy = true;
    const data = new FormData();
    for (const file of files) data.append("files", file, file.name);
    document.getElementById("sending").hidden = false;
    const request = new XMLHttpRequest();
    request.upload.onprogress = (e) => { if (e.lengthComputable) progress.value = (100 * e.loaded) / e.total; };
    request.onload = () => {
      if (request.status === 201) location.assign(request.responseText);
      else failed(request.status === 413 ? "Các tệp quá lớn. Hãy gửi ít hơn." : "Không gửi được. Hãy tải lại trang rồi thử lại.");
    };
    request.onerror = () => failed("Mất kết nối với máy chủ.");
    request.open("POST", "/upload");
    request.setRequestHeader("X-CSRF-Token", form.dataset.token);
    request.send(data);
  }

  function failed(words) {
    busy = false;
    document.querySelector("#sending span").textContent = words;
  }

  // A dropped folder gives its entries a hundred at a time.
  async function entries(reader) {
    const found = [];
    for (;;) {
      const some = await new Promise((done, wrong) => reader.readEntries(done, wrong));
      if (!some.length) return found;
      found.push(...some);
    }
  }

  async function files(entry) {
    if (entry.name.startsWith(".")) return [];
    if (entry.isFile) return [await new Promise((done, wrong) => entry.file(done, wrong))];
    const inside = await entries(entry.createReader());
    return (await Promise.all(inside.map(files))).flat();
  }

  for (const input of form.querySelectorAll("input[data-send]"))
    input.addEventListener("change", () => send([...input.files]));
  for (const kind of ["dragenter", "dragover"])
    form.addEventListener(kind, (e) => { e.preventDefault(); form.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", async (e) => {
    e.preventDefault();
    const dropped = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry()).filter(Boolean);
    send((await Promise.all(dropped.map(files))).flat());
  });
}
