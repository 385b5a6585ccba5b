#include "partnership/texts/form_trie.h"

#include <algorithm>

namespace stocktake {

void FormTrie::enlarge() {
  const std::size_t size = states_.size() * 2;
  states_.resize(size, 0);
  ends_.resize(size);
  bases_.resize(size, false);
}

// A base of its own so that the places for all these bytes are free, near the last places taken: looking further back would fill
// a few more gaps and take the time of all the forms before.
std::uint32_t FormTrie::room_for(const std::vector<std::uint8_t>& bytes) {
  constexpr std::uint32_t reach = 128;
  for (std::uint32_t place = std::max(end_ > reach ? end_ - reach : 0, root + 1U + bytes.front());; ++place) {
    if (place + 512 > states_.size()) enlarge();
    const std::uint32_t base = place - bytes.front();
    if (bases_[base] || (states_[place] & taken) != 0) continue;
    if (std::all_of(bytes.begin(), bytes.end(), [&](std::uint8_t byte) { return (states_[base + byte] & taken) == 0; })) {
      end_ = std::max(end_, base + bytes.back() + 1);
      return base;
    }
  }
}

// Gives a state its children: the next bytes of the forms [first, last), which agree in their first `depth` bytes. Recursion ends
// with the longest form.
void FormTrie::grow(const std::vector<Form>& forms, std::size_t first, std::size_t last, std::size_t depth, std::uint32_t state) {
  if (forms[first].text.size() == depth) {
    states_[state] |= ends_form;
    ends_[state] = {forms[first].term, forms[first].cased};
    if (++first == last) return;
  }
  std::vector<std::uint8_t> bytes;
  std::vector<std::size_t> begins;
  for (std::size_t i = first; i < last; ++i) {
    const auto byte = static_cast<std::uint8_t>(forms[i].text[depth]);
    if (!bytes.empty() && bytes.back() == byte) continue;
    bytes.push_back(byte);
    begins.push_back(i);
  }
  begins.push_back(last);
  const std::uint32_t base = room_for(bytes);
  bases_[base] = true;
  states_[state] |= base << base_shift;
  for (const std::uint8_t byte : bytes) states_[base + byte] = byte | taken;
  for (std::size_t i = 0; i < bytes.size(); ++i) grow(forms, begins[i], begins[i + 1], depth + 1, base + bytes[i]);
}

void FormTrie::build(const std::vector<Form>& forms, bool alphabetic) {
  alphabetic_ = alphabetic;
  states_.assign(4096, 0);
  ends_.assign(4096, {});
  bases_.assign(4096, false);
  states_[root] = taken;
  end_ = root + 1;
  if (!forms.empty()) grow(forms, 0, forms.size(), 0, root);
  states_.resize(end_ + 256);
  states_.shrink_to_fit();
  ends_.resize(end_);
  ends_.shrink_to_fit();
  bases_ = {};
  if (alphabetic) {
    enter_words(forms);
    return;
  }
  wide_.assign(1024, 0);
  for (const Form& form : forms) {
    const auto byte = [&](std::size_t i) -> std::size_t { return static_cast<unsigned char>(form.text[i]); };
    if (form.text.size() < 3 || !wide(byte(0), byte(1), byte(2))) continue;
    const std::size_t key = wide_key(byte(0), byte(1), byte(2));
    wide_[key / 64] |= 1ULL << (key % 64);
  }
}

std::uint64_t FormTrie::following(std::uint32_t state) const {
  std::uint64_t next = 0;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::uint32_t below = step(state, byte);
    if (below == 0) continue;
    if (byte != ' ') {
      next |= unspaced;
      continue;
    }
    for (unsigned second = 0; second < 256; ++second) {
      if (step(below, second) != 0) next |= bit_of(second);
    }
  }
  return next;
}

void FormTrie::enter_words(const std::vector<Form>& forms) {
  std::vector<FirstWord> found;
  for (const Form& form : forms) {
    FirstWord word;
    std::uint32_t state = root;
    for (unsigned i = 0; i < std::min<std::size_t>(form.text.size(), 8) && is_letter(form.text[i]); ++i) {
      word.letters |= static_cast<std::uint64_t>(static_cast<unsigned char>(form.text[i])) << (8 * i);
      state = child(state, static_cast<unsigned char>(form.text[i]));
    }
    if (word.letters == 0) continue;
    word.state = (states_[state] >> base_shift) != 0 ? state : 0;
    word.end = ends_[state];
    word.next = following(state);
    found.push_back(word);
  }
  const auto less = [](const FirstWord& a, const FirstWord& b) { return a.letters < b.letters; };
  const auto same = [](const FirstWord& a, const FirstWord& b) { return a.letters == b.letters; };
  std::sort(found.begin(), found.end(), less);
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  std::size_t size = 1024;
  while (size < found.size() * 2) size *= 2;
  words_.assign(size, {});
  for (const FirstWord& word : found) {
    std::size_t place = first_place(word.letters);
    while (words_[place % size].letters != 0) ++place;
    words_[place % size] = word;
  }
}

bool FormTrie::within_word(std::string_view text, std::size_t i) {
  const auto last = static_cast<unsigned char>(text[i]), after = static_cast<unsigned char>(text[i + 1]);
  const bool mark = after == 0xD8 && i + 2 < text.size() &&
                    (text[i + 2] == '\x8C' || text[i + 2] == '\x9B' || text[i + 2] == '\x9F');  // Arabic comma and the like
  const bool high = after >= 0xC3 && after <= 0xDF && !mark;  // letters beyond ASCII; punctuation is U+2000 and up
  if ((is_letter(text[i]) || last >= 0x80) && (is_letter(text[i + 1]) || high)) return true;
  return is_letter(text[i]) && after == '-' && i + 2 < text.size() && is_letter(text[i + 2]);
}

}  // namespace stocktake
