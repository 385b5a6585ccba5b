// Commitments as JSON, and files of them: what is read, and what is refused with line and field.
#include <nlohmann/json.hpp>

#include "partnership/register/assign.h"
#include "partnership/register/import.h"
#include "partnership/register/record.h"
#include "partnership/register_sample.h"

namespace stocktake {
namespace {

using nlohmann::json;
using testing::sample_commitment;

std::string fault_of(const json& record) {
  try {
    commitment_of(record);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::input);
    return error.where().field;
  }
  return "";
}

TEST(Records, ThereAndBack) {
  Commitment full = sample_commitment("A-RES-68-6/14(a)/1");
  full.beneficiaries = {{"LDC", "least developed countries", PartyKind::other}};
  full.source = {"A/RES/68/6", std::string(64, 'a'), "14(a)", "zh", "发达国家应实现其承诺", 12, 18};
  full.measure.price_base = "constant 2022";
  full.measure.series = "DC_ODA";
  full.measure.direction = Direction::up;
  full.measure.area = "FRA";
  for (const char* rule :
       {R"({"type":"reach","value":0.7})", R"({"type":"universal","value":100,"tolerance":2})",
        R"({"type":"reduce_by","fraction":0.5,"complement":100})", R"({"type":"multiply_by","factor":2})", R"({"type":"parity"})",
        R"({"type":"halt_and_reverse"})", R"({"type":"relative","to":"OTHER","factor":1.5,"at_least":false})",
        R"({"type":"none_quantified"})", R"({"type":"reach","value":-3,"baseline":1990,"deadline":"2015"})"}) {
    full.measure.rule = rule_of(json::parse(rule), "measure.rule");
    const json record = record_of(full);
    const std::string text = canonical(record);
    EXPECT_EQ(canonical(record_of(commitment_of(json::parse(text)))), text);
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
  full.goals = {"mdg:8.B", "sdg:17.2"};
  full.milestones = {{{2014, 12, 31}, "half", 500.0, 0}};
  const Commitment back = commitment_of(record_of(full));
  EXPECT_EQ(back.source, full.source);
  EXPECT_EQ(back.beneficiaries, full.beneficiaries);
  EXPECT_EQ(back.goals, full.goals);
  EXPECT_EQ(back.milestones.at(0).value, 500);
  EXPECT_EQ(back.measure.direction, Direction::up);
}

TEST(Records, ShortForms) {
  const Commitment one = commitment_of(
      json::parse(R"({"id":"x","text":" words ","actor":"Least Developed Countries","due":2015,"made":"2013-10"})"));
  EXPECT_EQ(one.text, "words");
  EXPECT_EQ(one.actor, (Party{"LDC", "Least Developed Countries", PartyKind::other}));
  EXPECT_EQ(one.due, (Date{2015, 12, 31}));
  EXPECT_EQ(one.made, (Date{2013, 10, 1}));
  EXPECT_EQ(commitment_of(json::parse(R"({"id":"x","text":"w","actor":"发达国家"})")).actor.id, "developed_countries");
}

TEST(Records, RefusedWithTheField) {
  const json good = record_of(sample_commitment());
  EXPECT_EQ(fault_of(good), "");
  const auto with = [&](const char* pointer, json value) {
    json record = good;
    record[json::json_pointer(pointer)] = std::move(value);
    return fault_of(record);
  };
  EXPECT_EQ(with("/id", ""), "id");
  EXPECT_EQ(with("/id", "a b"), "id");
  EXPECT_EQ(with("/id", std::string(101, 'a')), "id");
  EXPECT_EQ(with("/id", 5), "id");
  EXPECT_EQ(with("/text", "  "), "text");
  EXPECT_EQ(with("/actor", nullptr), "actor");
  EXPECT_EQ(with("/actor/kind", "king"), "actor.kind");
  EXPECT_EQ(with("/actor/nme", "x"), "actor.nme");
  EXPECT_EQ(with("/tittle", "x"), "tittle");
  EXPECT_EQ(with("/due", "2015-13-01"), "due");
  EXPECT_EQ(with("/due", "2012"), "due");
  EXPECT_EQ(with("/due", json::array()), "due");
  EXPECT_EQ(with("/goals", json::array({"8.B"})), "goals");
  EXPECT_EQ(with("/goals", "mdg:8.B"), "goals");
  EXPECT_EQ(with("/measure/amount", -1), "measure.amount");
  EXPECT_EQ(with("/measure/amount", "5"), "measure.amount");
  EXPECT_EQ(with("/measure/currency", ""), "measure.currency");
  EXPECT_EQ(with("/measure/currency", "Euro"), "measure.currency");
  EXPECT_EQ(with("/measure/direction", "left"), "measure.direction");
  EXPECT_EQ(with("/measure/indicator", "8.2"), "measure.indicator");
  EXPECT_EQ(with("/measure/rule", json::parse(R"({"type":"reach","value":1})")), "measure.rule");  // of what?
  EXPECT_EQ(with("/source", json::parse(R"({"text":"ab","begin":1,"end":3})")), "source.end");
  EXPECT_EQ(with("/source", json::parse(R"({"text":"发达","begin":1,"end":3})")), "source.end");  // within a character
  EXPECT_EQ(with("/source", json::parse(R"({"language":"xx"})")), "source.language");
  EXPECT_EQ(with("/milestones", json::parse(R"([{"due":"2014"}])")), "milestones.text");
  json both = good;
  both["measure"]["series"] = "S";
  both["measure"]["indicator"] = "mdg:8.2";
  EXPECT_EQ(fault_of(both), "measure.series");
  for (const auto& [rule, field] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"({"type":"reach"})", "value"},
           {R"({"type":"win"})", "type"},
           {R"({})", "type"},
           {R"({"type":"reduce_by","fraction":1.5})", "fraction"},
           {R"({"type":"multiply_by","factor":0})", "factor"},
           {R"({"type":"universal","tolerance":-1})", "tolerance"},
           {R"({"type":"parity","lower":2})", "lower"},
           {R"({"type":"relative"})", "to"},
           {R"({"type":"reach","value":1,"baseline":1990.5})", "baseline"}}) {
    json record = good;
    record["measure"]["series"] = "S";
    record["measure"]["rule"] = json::parse(rule);
    EXPECT_EQ(fault_of(record), std::string("measure.rule.") + field) << rule;
  }
  EXPECT_EQ(fault_of(json::array()), "");
  EXPECT_THROW(commitment_of(json::array()), Error);
}

TEST(Records, FieldsByName) {
  json record = json::object();
  assign_field(record, "amount", "5e6");
  assign_field(record, "actor", " France ");
  assign_field(record, "goals", "mdg:8.B; sdg:17.2;");
  assign_field(record, "measure.rule.at_least", "false");
  assign_field(record, "due", "");
  EXPECT_EQ(
      canonical(record),
      R"({"actor":{"name":"France"},"due":null,"goals":["mdg:8.B","sdg:17.2"],"measure":{"amount":5000000.0,"rule":{"at_least":false}}})");
  EXPECT_THROW(assign_field(record, "amount", "five"), Error);
  EXPECT_THROW(assign_field(record, "ammount", "5"), Error);
  EXPECT_THROW(assign_field(record, "text", "\xFF"), Error);
}

ReadCommitments read(std::string_view text, const char* format, const Register& known = {}) {
  return read_commitments_text(text, "f", format, known, {2014, 1, 1}, testing::sample_time);
}

const char* const same_in_json = R"([
 {"id": "A", "text": "one", "actor": "France", "due": "2015", "measure": {"amount": 5, "currency": "EUR"}},
 {"id": "B", "text": "two", "actor": {"id": "DEU"},
  "status": "committed", "on": "2014-02-03", "evidence": ["https://example.org/b"]}
])";

TEST(Files, ThreeFormatsGiveTheSame) {
  const ReadCommitments from_json = read(same_in_json, "json");
  ASSERT_TRUE(from_json.rejects.empty()) << from_json.rejects[0].problem;
  EXPECT_EQ(from_json.commitments, 2U);
  ASSERT_EQ(from_json.entries.size(), 3U);
  const ReadCommitments from_yaml = read(
      "commitments:\n- id: A\n  text: one\n  actor: France\n  due: 2015\n  measure:\n    amount: 5\n    currency: EUR\n"
      "- id: B\n  text: two\n  actor:\n    id: DEU\n  status: committed\n  on: 2014-02-03\n  evidence: "
      "[\"https://example.org/b\"]\n",
      "yaml");
  const ReadCommitments from_csv = read(
      "id,text,actor,actor_id,due,amount,currency,status,status_on,evidence\nA,one,France,,2015,5,EUR,,,\n"
      "B,two,,DEU,,,,committed,2014-02-03,https://example.org/b\n",
      "csv");
  for (const ReadCommitments* other : {&from_yaml, &from_csv}) {
    ASSERT_TRUE(other->rejects.empty()) << other->rejects[0].problem;
    ASSERT_EQ(other->entries.size(), from_json.entries.size());
    for (std::size_t i = 0; i < other->entries.size(); ++i) EXPECT_EQ(other->entries[i].payload, from_json.entries[i].payload);
  }
}

TEST(Files, FaultsHaveLineAndField) {
  const ReadCommitments found = read(R"([
 {"id":"A","text":"one","actor":"France"},
 {"id":"B","text":"two",
  "actor":{"name":"x",
   "kind":"king"}},
 {"id":"A","text":"three","actor":"x"},
 {"id":"C","text":"four","actor":"x",
  "history":[{"status":"delivered","on":"2014-01-01"},{"status":"pledged","on":"2015-01-01"}]},
 {"id":"D","text":"five"}
])",
                                     "json");
  EXPECT_EQ(found.commitments, 1U);
  ASSERT_EQ(found.rejects.size(), 4U);
  EXPECT_EQ(found.rejects[0].line, 5U);
  EXPECT_EQ(found.rejects[0].field, "actor.kind");
  EXPECT_EQ(found.rejects[0].id, "B");
  EXPECT_EQ(found.rejects[1].field, "id");
  EXPECT_EQ(found.rejects[1].line, 6U);
  EXPECT_EQ(found.rejects[2].field, "status");
  EXPECT_EQ(found.rejects[2].line, 7U);
  EXPECT_EQ(found.rejects[3].field, "actor");
  EXPECT_EQ(found.rejects[3].line, 9U);
  const ReadCommitments csv = read("id,text,actor,amount\nA,one,x,5\nB,two,x,five\nC,three\n", "csv");
  ASSERT_EQ(csv.rejects.size(), 3U);
  EXPECT_EQ(csv.rejects[0].field, "measure.currency");
  EXPECT_EQ(csv.rejects[1].line, 3U);
  EXPECT_EQ(csv.rejects[1].field, "measure.amount");
  EXPECT_EQ(csv.rejects[2].line, 4U);
  Register known;
  LogEntry entry = read(same_in_json, "json").entries[0];
  entry.number = 1;
  known.apply(entry, "x");
  EXPECT_EQ(read(same_in_json, "json", known).rejects.at(0).field, "id");
}

TEST(Files, ThatCannotBeRead) {
  for (const char* text : {"", "{", "[1]", "5", "{}", "[{\"id\":\"\xFF\"}]", "[[]]", "[{}"}) {
    EXPECT_THROW(read(text, "json"), Error) << text;
  }
  EXPECT_THROW(read(std::string(200, '['), "json"), Error);
  EXPECT_TRUE(read("[]", "json").entries.empty());
  EXPECT_THROW(read("a: [", "yaml"), Error);
  EXPECT_THROW(read("a: 1", "yaml"), Error);
  EXPECT_THROW(read("", "csv"), Error);
  EXPECT_THROW(read("id,colour\n", "csv"), Error);
  EXPECT_THROW(read("id,amount,measure.amount\n", "csv"), Error);
  EXPECT_THROW(read_commitments("x.txt", {}, {2014, 1, 1}, testing::sample_time), Error);
  try {
    read("[\n{\"id\":\n\"A\",,}]", "json");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.where().line, 3U);
  }
}

}  // namespace
}  // namespace stocktake
