// Whether a text is what a representation allows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

class RepresentationCheck {
 public:
  // `of`: the component, for notes. What cannot be checked goes into `notes`. `structures` must outlive it.
  RepresentationCheck(const Structures& structures, const Component& component, std::vector<std::string>& notes);
  ~RepresentationCheck();
  RepresentationCheck(RepresentationCheck&&) noexcept;

  // Why the text is not allowed, "" when it is: "unknown code 'X', expected one of CL_SEX".
  std::string problem(std::string_view text) const;
  bool coded() const { return coded_; }
  // The codes it may have, with inherited ones; empty where there is no code list.
  const std::vector<Code>& codes() const;
  // False when every text is allowed.
  bool checks() const { return coded_ || facets_; }

 private:
  std::string problem_of_one(std::string_view text) const;
  std::string problem_of_facets(std::string_view text) const;
  struct Pattern;
  const Representation* representation_ = nullptr;
  std::string codelist_;  // as shown
  std::shared_ptr<const std::vector<Code>> list_;
  std::unordered_set<std::string_view> codes_;
  std::unique_ptr<Pattern> pattern_;
  bool coded_ = false, facets_ = false, several_ = false;
};

}  // namespace stocktake::sdmx
