// Dropping files on the upload field, and a list of what was chosen. Without it the field works as the browser has it.

const field = document.querySelector("input[type=file][data-seret]");

if (field) {
  const zone = document.createElement("div");
  zone.className = "lepas";
  const hint = document.createElement("p");
  hint.textContent = field.dataset.seret;
  const names = document.createElement("ul");
  names.hidden = true;
  field.before(zone);
  zone.append(hint, field, names);

  const size = (bytes) => {
    const [value, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
    return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
  };

  const show = () => {
    names.replaceChildren(
      ...[...field.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name} (${size(file.size)})`;
        return line;
      }),
    );
    names.hidden = field.files.length === 0;
  };

  field.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("siap");
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("siap"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      show();
    }
  });
}
