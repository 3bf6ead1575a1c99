/** A signature drawn on a canvas goes into the hidden field as a PNG. */
for (const field of document.querySelectorAll("[data-signature]")) {
  const pad = field.querySelector(".pad");
  const canvas = field.querySelector("canvas");
  const sent = field.querySelector("input[type=hidden]");
  const said = field.querySelector("[role=status]");
  const pen = canvas.getContext("2d");
  let last = null;

  const blank = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#14233c" });
    sent.value = "";
    said.textContent = said.dataset.empty;
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.x) / box.width) * canvas.width, ((event.clientY - box.y) / box.height) * canvas.height];
  };
  const draw = (event) => {
    if (!last) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) {
      pen.beginPath();
      pen.moveTo(...last);
      pen.lineTo(...(last = at(step)));
      pen.stroke();
    }
  };
  const lift = () => {
    if (!last) return;
    last = null;
    sent.value = canvas.toDataURL("image/png");
    said.textContent = said.dataset.drawn;
  };

  pad.hidden = false;
  blank();
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    pen.beginPath();
    pen.arc(...last, 1.5, 0, 7);
    pen.fillStyle = pen.strokeStyle;
    pen.fill();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", draw);
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, lift);
  field.querySelector("[data-clear]").addEventListener("click", blank);
}
