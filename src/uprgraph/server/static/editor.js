// The editor of YASGUI in place of the plain field: it colours the query and marks what is wrong as it is written. The
// form stays as it is, so that queries are sent and answered in the same way.
"use strict";

const Editor = window.Yasqe?.default ?? window.Yasqe?.Yasqe ?? window.Yasqe;
const form = document.getElementById("plain-editor");
const field = form.querySelector("textarea");
if (Editor) {
  const place = document.getElementById("yasqe");
  place.hidden = false;
  Editor.defaults.autocompleters = [];
  const editor = new Editor(place, { persistenceId: null, autofocus: false, showQueryButton: false, resizeable: false, createShareableLink: null });
  const send = () => { field.value = editor.getValue(); form.requestSubmit(); };
  editor.setValue(field.value);
  editor.setSize(null, "auto");
  const input = editor.getInputField();
  input.setAttribute("aria-label", "Query");
  input.setAttribute("aria-describedby", "with-keys");
  editor.setOption("extraKeys", {
    ...editor.getOption("extraKeys"),
    "Ctrl-Enter": send,
    "Cmd-Enter": send,
    Esc: () => form.querySelector("button").focus(),
  });
  form.addEventListener("submit", () => { field.value = editor.getValue(); });
  field.hidden = true;
  form.querySelector("label").hidden = true;
  document.getElementById("with-keys").hidden = false;
}
