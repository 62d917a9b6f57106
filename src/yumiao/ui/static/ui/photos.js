/* Photographs before they are sent: shown in their order, turned, moved, taken again, made smaller. On forms marked `data-photos`.
   The words on the buttons come from the page. Where the browser lacks something, or without script, the form is sent as it was chosen.
   A picture is drawn on a canvas, never given an address of its own: the content policy allows pictures of our own host alone. */
(function () {
  "use strict";
  var LONG_SIDE = 2000, QUALITY = 0.8, THUMB = 320;
  var form = document.querySelector("form[data-photos]");
  if (!form || !window.createImageBitmap || !window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) return;

  var camera = form.elements.camera, files = form.elements.chosen, order = form.elements.order;
  var list = form.querySelector("[data-photos-list]"), say = form.querySelector("[data-photos-say]");
  var photos = [], replacing = null, busy = false;

  // What was chosen comes to the end of the list, or takes the place of the one that is taken again. A PDF is sent as it is.
  function taken(input) {
    var chosen = Array.prototype.slice.call(input.files);
    if (chosen.some(function (file) { return file.type === "application/pdf"; })) {
      photos = [];
      draw();
      return;
    }
    var pictures = chosen.filter(function (file) { return /^image\/(jpeg|png)$/.test(file.type); });
    if (pictures.length !== chosen.length) return; // the server says which file, and why
    if (input === files && replacing === null) {
      pictures.sort(function (a, b) { return a.name.localeCompare(b.name, undefined, { numeric: true }); });
    }
    var added = pictures.map(function (file) { return { file: file, turns: 0 }; });
    if (replacing !== null && added.length) photos.splice.apply(photos, [replacing, 1].concat(added));
    else photos = photos.concat(added);
    replacing = null;
    // what is chosen a second time has to be a change again
    input.value = "";
    draw();
  }

  // The picture of a photograph, turned as people turned it, its long side no longer than asked.
  function canvasOf(photo, longest) {
    return createImageBitmap(photo.file).then(function (bitmap) {
      var scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
      var wide = Math.max(1, Math.round(bitmap.width * scale)), high = Math.max(1, Math.round(bitmap.height * scale));
      var lies = photo.turns % 2 === 1, canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = lies ? high : wide;
      canvas.height = lies ? wide : high;
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.translate(canvas.width / 2, canvas.height / 2);
      pen.rotate(photo.turns * Math.PI / 2);
      pen.drawImage(bitmap, -wide / 2, -high / 2, wide, high);
      bitmap.close();
      return canvas;
    });
  }

  function button(word, label, act, off) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-small";
    made.textContent = list.dataset["word" + word];
    made.setAttribute("aria-label", label + " " + made.textContent);
    made.disabled = off;
    made.addEventListener("click", act);
    return made;
  }

  function moved(place, by) {
    photos.splice(place + by, 0, photos.splice(place, 1)[0]);
    draw();
  }

  function item(photo, place) {
    var made = document.createElement("li"), label = list.dataset.wordPage.replace("#", place + 1);
    var name = document.createElement("p"), row = document.createElement("div");
    name.className = "small";
    name.textContent = label;
    row.className = "row";
    row.appendChild(button("Turn", label, function () { photo.turns = (photo.turns + 1) % 4; photo.thumb = null; draw(); }));
    row.appendChild(button("Earlier", label, function () { moved(place, -1); }, place === 0));
    row.appendChild(button("Later", label, function () { moved(place, 1); }, place === photos.length - 1));
    row.appendChild(button("Again", label, function () { replacing = place; camera.click(); }));
    row.appendChild(button("Drop", label, function () { photos.splice(place, 1); draw(); }));
    made.appendChild(name);
    (photo.thumb ? Promise.resolve(photo.thumb) : canvasOf(photo, THUMB)).then(function (canvas) {
      photo.thumb = canvas;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", label);
      made.insertBefore(canvas, row);
    }, function () { name.textContent = label + " ✕"; });
    made.appendChild(row);
    return made;
  }

  function draw() {
    list.textContent = "";
    photos.forEach(function (photo, place) { list.appendChild(item(photo, place)); });
  }

  // One after the other: a phone has not the memory for twenty at once.
  function smaller(place, into) {
    if (place === photos.length) return Promise.resolve(into);
    say.textContent = list.dataset.wordBusy + " " + (place + 1) + "/" + photos.length;
    return canvasOf(photos[place], LONG_SIDE).then(function (canvas) {
      return new Promise(function (done, failed) {
        canvas.toBlob(function (blob) { return blob ? done(blob) : failed(new Error("no blob")); }, "image/jpeg", QUALITY);
      });
    }).then(function (blob) {
      into.items.add(new File([blob], "page-" + (place + 1) + ".jpg", { type: "image/jpeg" }));
      return smaller(place + 1, into);
    });
  }

  // As they were taken, where one cannot be drawn here: the server says which.
  function asTaken() {
    var into = new DataTransfer();
    photos.forEach(function (photo) { into.items.add(photo.file); });
    return into;
  }

  camera.addEventListener("change", function () { taken(camera); });
  files.addEventListener("change", function () { taken(files); });
  form.addEventListener("submit", function (event) {
    if (busy) { event.preventDefault(); return; }
    if (!photos.length) return;
    event.preventDefault();
    busy = true;
    smaller(0, new DataTransfer()).catch(asTaken).then(function (into) {
      files.files = into.files;
      order.value = "sent";
      say.textContent = list.dataset.wordSending;
      form.submit();
    });
  });
  // Back from the next page the form can be sent again.
  window.addEventListener("pageshow", function () { busy = false; say.textContent = ""; });
})();
