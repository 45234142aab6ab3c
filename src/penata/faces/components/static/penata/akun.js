// Security keys: shows their buttons only where they can work, and says what went wrong in words.

const told = document.querySelector("[data-galat-kunci]");

function tell(text) {
  if (!told) return;
  told.textContent = text;
  told.hidden = false;
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-perlu-kunci]")) form.hidden = false;
} else if (!document.querySelector("[data-perlu-kunci]")) {
  tell(told?.dataset.tidakAda); // a page that is about nothing else
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  tell(told?.dataset.teks);
});
