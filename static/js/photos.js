// Small pictures of the photographs just taken; a second one is added, it does not replace the first.

for (const row of document.querySelectorAll("[data-photos]")) {
  const add = row.querySelector(".photo-add");
  const input = add.querySelector("input");
  const kept = new DataTransfer();
  input.addEventListener("change", () => {
    for (const file of input.files) {
      kept.items.add(file);
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      add.before(image);
    }
    input.files = kept.files;
  });
}
