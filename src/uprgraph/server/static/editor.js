// YASGUI in place of the plain field, with the same query in it.
"use strict";

const place = document.getElementById("yasgui");
const plain = document.getElementById("plain-editor");
if (window.Yasgui && place) {
  place.hidden = false;
  document.getElementById("leave-yasgui").hidden = false;
  const endpoint = new URL(place.dataset.endpoint, location.href).href;
  Yasgui.Yasqe.defaults.autocompleters = [];
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    autofocus: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  });
  const yasqe = yasgui.getTab().getYasqe();
  yasqe.setValue(plain.querySelector("textarea").value);
  yasqe.setOption("extraKeys", { ...yasqe.getOption("extraKeys"), Esc: () => document.getElementById("leave-yasgui").querySelector("a").focus() });
  plain.hidden = true;
}
