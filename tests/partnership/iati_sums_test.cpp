// The sums: shares, rates, and each rule against double counting on a file that breaks it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "ingest/gzip.h"
#include "partnership/iati/sums.h"
#include "shared_data.h"

namespace stocktake::iati {
namespace {

std::string activity(const std::string& id, const std::string& inside, const std::string& attributes = "") {
  return "<iati-activity default-currency='USD' " + attributes + "><iati-identifier>" + id +
         "</iati-identifier><reporting-org ref='PUB-" + id.substr(0, 1) + "'/>" + inside + "</iati-activity>\n";
}
std::string file(const std::string& activities) {
  return "<iati-activities version='2.03'>\n" + activities + "</iati-activities>\n";
}
std::string flow(const std::string& type, const std::string& value, const std::string& more = "",
                 const std::string& date = "2020-05-01") {
  return "<transaction><transaction-type code='" + type + "'/><transaction-date iso-date='" + date + "'/><value value-date='" +
         date + "'>" + value + "</value>" + more + "</transaction>";
}
std::string budget(const std::string& type, const std::string& from, const std::string& to, const std::string& value) {
  return "<budget type='" + type + "'><period-start iso-date='" + from + "'/><period-end iso-date='" + to +
         "'/><value value-date='" + from + "'>" + value + "</value></budget>";
}

SumResult sum(const std::vector<std::string>& files, SumOptions options) {
  Sums sums(std::move(options));
  for (std::size_t i = 0; i < files.size(); ++i) sums.add(*ByteSource::from_bytes(files[i], "f" + std::to_string(i + 1)));
  return sums.finish();
}
SumOptions by(std::initializer_list<Dimension> dimensions) {
  SumOptions options;
  options.by = dimensions;
  return options;
}

// "2020 USD budgeted=5 spent=3", a line a row; what is 0 is left out, and disbursed and expended.
std::string shown(const SumResult& result) {
  std::string text;
  for (std::size_t row = 0; row < result.table.rows(); ++row) {
    std::string line;
    for (std::size_t i = 0; i < result.table.columns().size(); ++i) {
      const auto& column = result.table.columns()[i];
      const std::string cell = result.table.cell(row, i, true);
      const bool number = std::holds_alternative<Table::Numbers>(column.cells);
      if (number && (cell == "0.00" || column.name == "disbursed" || column.name == "expended")) continue;
      line += (line.empty() ? "" : " ") + (number ? column.name + "=" + cell : cell.empty() ? "-" : cell);
    }
    text += line + "\n";
  }
  return text;
}
bool noted(const SumResult& result, std::string_view words) {
  return std::any_of(result.notes.begin(), result.notes.end(),
                     [&](const Message& m) { return m.what.find(words) != std::string::npos; });
}

std::string parts(const Split& split) {
  std::string text(to_string(split.adjustment));
  for (const Part& part : split.parts) text += " " + part.code + "=" + number_text(part.fraction, 4);
  return text;
}
Share share(std::string_view vocabulary, std::string_view code, double percentage, bool region = false) {
  return {vocabulary, code, percentage, region};
}
const double none = std::numeric_limits<double>::quiet_NaN();

TEST(IatiShares, AddUpToOne) {
  EXPECT_EQ(parts(sectors_of({})), "none =1.0000");
  const auto sectors = [](std::vector<Share> shares) { return parts(sectors_of(shares)); };
  EXPECT_EQ(sectors({share("", "1", none)}), "none 1=1.0000");
  EXPECT_EQ(sectors({share("1", "1", 30), share("1", "2", 70)}), "none 1=0.3000 2=0.7000");
  EXPECT_EQ(sectors({share("1", "1", 30), share("1", "2", 30)}), "normalised 1=0.5000 2=0.5000");
  EXPECT_EQ(sectors({share("1", "1", 33.33), share("1", "2", 66.66)}), "none 1=0.3333 2=0.6667");  // rounding is no fault
  EXPECT_EQ(sectors({share("1", "1", none), share("1", "2", none)}), "equal parts 1=0.5000 2=0.5000");
  EXPECT_EQ(sectors({share("1", "1", 60), share("1", "2", none), share("1", "3", none)}), "filled 1=0.6000 2=0.2000 3=0.2000");
  EXPECT_EQ(sectors({share("1", "1", 120), share("1", "2", none)}), "filled 1=1.0000");
  EXPECT_EQ(sectors({share("1", "1", 0), share("1", "2", 100)}), "none 2=1.0000");
  EXPECT_EQ(sectors({share("1", "1", 0)}), "none 1=1.0000");
  EXPECT_EQ(sectors({share("1", "1", 50), share("1", "1", 50)}), "none 1=1.0000");
  // One vocabulary only: others tell the same money again.
  EXPECT_EQ(sectors({share("2", "111", 100), share("1", "11110", 100), share("99", "x", 100)}), "none 11110=1.0000");
  EXPECT_EQ(sectors({share("2", "111", 100), share("10", "x", 100)}), "none 111=1.0000");
  EXPECT_EQ(sectors({share("99", "x", 100), share("10", "y", 100), share("7", "3", 100)}), "none 10:y=1.0000");
  EXPECT_EQ(sectors({share("7", "3", 100)}), "none =1.0000");
  EXPECT_EQ(parts(sectors_of(std::vector<Share>(1001, share("1", "1", 1)))), "too many =1.0000");
}

TEST(IatiShares, RegionsBesideCountries) {
  const auto places = [](std::vector<Share> shares) { return parts(places_of(shares)); };
  EXPECT_EQ(places({share("", "ke", 60), share("1", "298", 40, true)}), "none KE=0.6000 298=0.4000");
  EXPECT_EQ(places({share("", "KE", 100), share("1", "298", 100, true)}), "regions ignored KE=1.0000");
  EXPECT_EQ(places({share("", "KE", none), share("1", "298", none, true)}), "regions ignored KE=1.0000");
  EXPECT_EQ(places({share("2", "002", none, true)}), "none 2:002=1.0000");
  // A region that gets all, beside a country of which nothing is said: it is where the country lies.
  EXPECT_EQ(places({share("", "KE", none), share("1", "298", 100, true)}), "regions ignored KE=1.0000");
  EXPECT_EQ(places({share("", "KE", none), share("1", "298", 40, true)}), "filled KE=0.6000 298=0.4000");
}

// Each vocabulary tells the same money (ruleset of 2.03, 3.4.4: a single region *in a vocabulary* has 100), unless all together
// make up the whole, as in the standard's own example file.
TEST(IatiShares, RegionsOfSeveralVocabularies) {
  const auto places = [](std::vector<Share> shares) { return parts(places_of(shares)); };
  EXPECT_EQ(places({share("99", "AFR", 100, true), share("1", "298", 100, true)}), "regions ignored 298=1.0000");
  EXPECT_EQ(places({share("99", "AFR", none, true), share("2", "002", none, true)}), "regions ignored 2:002=1.0000");
  EXPECT_EQ(places({share("", "KE", 60), share("1", "298", 40, true), share("99", "AFR", 40, true)}),
            "regions ignored KE=0.6000 298=0.4000");
  EXPECT_EQ(places({share("", "AF", 25), share("", "AG", 25), share("1", "489", 25, true), share("99", "A1", 25, true)}),
            "none AF=0.2500 AG=0.2500 489=0.2500 99:A1=0.2500");
}

TEST(IatiGoals, TheFirstThatSaysSomething) {
  Activity a;
  a.sectors = {share("8", "3.8", 25), share("8", "3.1", 25), share("8", "5.1", 50)};
  a.tags = {{"2", "16"}, {"3", "1.2"}, {"2", "1"}, {"99", "4"}};
  a.references = {{"9", "13.1.1"}};
  const Split sectors{{{"11110", 0.4}, {"12110", 0.6}}, Adjustment::none};
  const std::vector<Share> own = {share("7", "4", none)};
  EXPECT_EQ(parts(goals_of(a, own, sectors, {})), "none 4=1.0000");
  EXPECT_EQ(parts(goals_of(a, {}, sectors, {})), "none 3=0.5000 5=0.5000");
  a.sectors.clear();
  EXPECT_EQ(parts(goals_of(a, {}, sectors, {})), "none 1=0.5000 16=0.5000");  // two goals, not three tags
  a.tags.clear();
  EXPECT_EQ(parts(goals_of(a, {}, sectors, {})), "none 13=1.0000");
  a.references.clear();
  EXPECT_EQ(parts(goals_of(a, {}, sectors, {})), "none unassigned=1.0000");
  const std::string path = std::filesystem::temp_directory_path() / "iati_sector_goals_test.csv";
  std::ofstream(path) << "sector,goal,share\n11110,4,3\n11110,5,1\n";
  EXPECT_EQ(parts(goals_of(a, {}, sectors, SectorGoals::load(path))), "none 4=0.3000 5=0.1000 unassigned=0.6000");
  std::ofstream(path) << "sector,goal\n11110,18\n";
  EXPECT_THROW(SectorGoals::load(path), Error);
  std::filesystem::remove(path);
  EXPECT_EQ(goal_number("17"), 17);
  EXPECT_EQ(goal_number("03"), 3);
  for (const char* code : {"", "0", "18", "x", "3x", "100", "-1"}) EXPECT_EQ(goal_number(code), 0) << code;
}

class IatiRates : public ::testing::Test {
 protected:
  std::string path_ = std::filesystem::temp_directory_path() / ("iati_rates_test_" + std::to_string(::getpid()) + ".csv");
  void write(const std::string& text) { std::ofstream(path_) << text; }
  void TearDown() override { std::filesystem::remove(path_); }
};

TEST_F(IatiRates, NearestAndPrevious) {
  write("Currency,Date,Rate,Source\nEUR,2020-01-01,0.8,x\nEUR,2020-01-11,0.5,x\nGBP,2020-01-01,0.4,x\n");
  const Rates nearest = Rates::load(path_, RateRule::nearest);
  EXPECT_EQ(nearest.of("EUR", {2000, 1, 1})->value, 0.8);
  EXPECT_EQ(nearest.of("EUR", {2020, 1, 5})->value, 0.8);
  EXPECT_EQ(nearest.of("EUR", {2020, 1, 6})->value, 0.8);  // as far from both: the earlier
  EXPECT_EQ(nearest.of("EUR", {2020, 1, 7})->value, 0.5);
  EXPECT_EQ(nearest.of("EUR", {2030, 1, 1})->day, (Date{2020, 1, 11}));
  EXPECT_EQ(nearest.of("EUR", {2020, 1, 15})->days_off, 4);
  EXPECT_FALSE(nearest.of("XOF", {2020, 1, 1}));
  const Rates previous = Rates::load(path_, RateRule::previous);
  EXPECT_FALSE(previous.of("EUR", {2019, 12, 31}));
  EXPECT_EQ(previous.of("EUR", {2020, 1, 10})->value, 0.8);
  EXPECT_EQ(previous.of("EUR", {2020, 1, 11})->value, 0.5);
  EXPECT_DOUBLE_EQ(nearest.convert(8, "EUR", "USD", {2020, 1, 1})->amount, 10);
  EXPECT_DOUBLE_EQ(nearest.convert(8, "EUR", "GBP", {2020, 1, 1})->amount, 4);
  EXPECT_DOUBLE_EQ(nearest.convert(10, "USD", "EUR", {2020, 1, 1})->amount, 8);
  EXPECT_EQ(nearest.convert(8, "XOF", "XOF", {2020, 1, 1})->amount, 8);
  EXPECT_FALSE(nearest.convert(8, "XOF", "USD", {2020, 1, 1}));
}

TEST_F(IatiRates, FaultsOfTheFile) {
  for (const char* text : {"date,rate\n", "date,rate,currency\nx,1,EUR\n", "date,rate,currency\n2020-01-01,0,EUR\n",
                           "date,rate,currency\n2020-01-01,-1,EUR\n", "date,rate,currency\n2020-01-01,2,USD\n",
                           "date,rate,currency\n2020-01-01,1,EUR\n2020-01-01,2,EUR\n"}) {
    write(text);
    EXPECT_THROW(Rates::load(path_, RateRule::nearest), Error) << text;
  }
}

TEST(IatiSums, KindsStayApart) {
  std::string all;
  for (int type = 1; type <= 13; ++type) all += flow(std::to_string(type), std::to_string(type));
  const SumResult result =
      sum({file(activity("A", all + flow("99", "99") + budget("1", "2020-01-01", "2020-12-31", "50")))}, by({}));
  EXPECT_EQ(shown(result),
            "USD budgeted=50.00 pledged=12.00 committed=2.00 spent=7.00 incoming_pledged=13.00 incoming_committed=11.00 "
            "incoming_funds=1.00 interest=5.00 "
            "loan_repayments=6.00 reimbursements=7.00 equity_bought=8.00 equity_sold=9.00 guarantees=10.00 unknown_type=99.00\n");
}

TEST(IatiSums, GroupsShareTheMoney) {
  const std::string inside =
      "<activity-status code='2'/><recipient-country code='KE' percentage='25'/><recipient-country code='UG' percentage='75'/>"
      "<sector code='11110' percentage='50'/><sector code='12110' percentage='50'/><tag vocabulary='2' code='3'/>";
  const std::string text =
      file(activity("A", inside + flow("3", "100", "<receiver-org ref='R'/>") +
                             flow("3", "10", "<recipient-country code='TZ'/><sector code='14010'/>", "2021-01-01")));
  EXPECT_EQ(shown(sum({text}, by({Dimension::goal, Dimension::country, Dimension::year}))),
            "3 KE 2020 USD spent=25.00\n3 TZ 2021 USD spent=10.00\n3 UG 2020 USD spent=75.00\n");
  EXPECT_EQ(shown(sum({text}, by({Dimension::sector}))), "11110 USD spent=50.00\n12110 USD spent=50.00\n14010 USD spent=10.00\n");
  EXPECT_EQ(shown(sum({text}, by({Dimension::status, Dimension::publisher, Dimension::recipient, Dimension::hierarchy}))),
            "2 PUB-A - 1 USD spent=10.00\n2 PUB-A R 1 USD spent=100.00\n");
}

TEST(IatiSums, BudgetsByTheDaysOfTheirYears) {
  // 275 of 366 days are in 2015.
  EXPECT_EQ(shown(sum({file(activity("A", budget("1", "2015-04-01", "2016-03-31", "366")))}, by({Dimension::year}))),
            "2015 USD budgeted=275.00\n2016 USD budgeted=91.00\n");
  EXPECT_EQ(shown(sum({file(activity("A", budget("1", "2015-04-01", "2015-04-01", "7")))}, by({Dimension::year}))),
            "2015 USD budgeted=7.00\n");
}

TEST(IatiSums, RevisedBudgetsReplaceOriginalOnes) {
  const SumResult result =
      sum({file(activity("A", budget("1", "2020-01-01", "2020-12-31", "100") + budget("2", "2020-06-01", "2021-05-31", "120") +
                                  budget("1", "2019-01-01", "2019-12-31", "5")))},
          by({}));
  EXPECT_EQ(shown(result), "USD budgeted=125.00\n");
  EXPECT_TRUE(noted(result, "1 original budgets are replaced"));
}

TEST(IatiSums, BudgetsAtOneLevelOnly) {
  const std::string b = budget("1", "2020-01-01", "2020-12-31", "100");
  const std::string parent = activity("A", b + flow("2", "7") + "<related-activity type='2' ref='B'/>", "hierarchy='1'");
  const std::string child =
      activity("B", budget("1", "2020-01-01", "2020-12-31", "60") + "<related-activity type='1' ref='A'/>", "hierarchy='2'");
  const SumResult result = sum({file(parent + child)}, by({}));
  EXPECT_EQ(shown(result), "USD budgeted=60.00 committed=7.00\n");
  EXPECT_TRUE(noted(result, "budgets of 1 activities are not counted"));
  // Told by one side only, in another file, and over two levels.
  const std::string middle = activity("B", "<related-activity type='1' ref='A'/>", "hierarchy='2'");
  const std::string leaf =
      activity("C", budget("1", "2020-01-01", "2020-12-31", "60") + "<related-activity type='1' ref='B'/>", "hierarchy='3'");
  EXPECT_EQ(shown(sum({file(leaf), file(middle), file(activity("A", b))}, by({}))), "USD budgeted=60.00\n");
  SumOptions all = by({});
  all.as_published = true;
  EXPECT_EQ(shown(sum({file(parent + child)}, all)), "USD budgeted=160.00 committed=7.00\n");
  // The children are not in the files, or have no budgets: the parent's count.
  EXPECT_EQ(shown(sum({file(parent)}, by({}))), "USD budgeted=100.00 committed=7.00\n");
  EXPECT_EQ(shown(sum({file(activity("A", b) + middle)}, by({}))), "USD budgeted=100.00\n");
  // Each says it is the other's parent: money is not lost on both sides.
  const std::string x = activity("X", b + "<related-activity type='2' ref='Y'/>");
  const std::string y = activity("Y", b + "<related-activity type='2' ref='X'/>");
  EXPECT_EQ(shown(sum({file(x + y)}, by({}))), "USD budgeted=100.00\n");
  EXPECT_EQ(shown(sum({file(activity("X", b + "<related-activity type='2' ref='X'/>"))}, by({}))), "USD budgeted=100.00\n");
}

TEST(IatiSums, SecondaryReportersAreLeftOut) {
  const std::string text = file(
      "<iati-activity default-currency='USD'><iati-identifier>A</iati-identifier><reporting-org ref='X' "
      "secondary-reporter='1'/>" +
      flow("3", "5") + "</iati-activity>" + activity("B", flow("3", "2")));
  const SumResult result = sum({text}, by({}));
  EXPECT_EQ(shown(result), "USD spent=2.00\n");
  EXPECT_TRUE(noted(result, "1 activities of secondary reporters"));
  SumOptions all = by({});
  all.as_published = true;
  EXPECT_EQ(shown(sum({text}, all)), "USD spent=7.00\n");
}

TEST(IatiSums, MoneyPassedOnIsCountedWhereItIsSpent) {
  const std::string donor = activity("A", flow("2", "100", "<receiver-org receiver-activity-id='B'/>") +
                                              flow("3", "80", "<receiver-org receiver-activity-id='B'/>") +
                                              flow("3", "3", "<receiver-org receiver-activity-id='GONE'/>"));
  const SumResult result = sum({file(donor + activity("B", flow("1", "80") + flow("4", "70")))}, by({}));
  // B reports no commitments: the donor's counts. B spends: the 80 would be counted twice.
  EXPECT_EQ(shown(result), "USD committed=100.00 spent=73.00 incoming_funds=80.00\n");
  EXPECT_TRUE(noted(result, "1 sums of outgoing money are not counted"));
  EXPECT_EQ(shown(sum({file(donor + activity("B", flow("1", "80")))}, by({}))),
            "USD committed=100.00 spent=83.00 incoming_funds=80.00\n");
  EXPECT_EQ(shown(sum({file(activity("A", flow("3", "80", "<receiver-org receiver-activity-id='A'/>")))}, by({}))),
            "USD spent=80.00\n");
}

// Two activities that name each other would both leave their money to the other.
TEST(IatiSums, MoneyThatGoesRoundInACircleStillCounts) {
  const std::string a = activity("A", flow("3", "100", "<receiver-org receiver-activity-id='B'/>"));
  const std::string b = activity("B", flow("3", "30", "<receiver-org receiver-activity-id='A'/>"));
  EXPECT_EQ(shown(sum({file(a + b)}, by({}))), "USD spent=30.00\n");   // A's counts at B
  EXPECT_EQ(shown(sum({file(b + a)}, by({}))), "USD spent=100.00\n");  // B's counts at A
  const std::string c = activity("C", flow("3", "7", "<receiver-org receiver-activity-id='A'/>"));
  EXPECT_EQ(shown(sum({file(a + b + c)}, by({}))), "USD spent=30.00\n");
}

TEST(IatiSums, WhatBudgetsMayTellTwiceIsNoted) {
  const SumResult result = sum({file(activity("A", budget("1", "2020-01-01", "2022-12-31", "300") + "\n" +
                                                       budget("1", "2021-01-01", "2021-12-31", "100")))},
                               by({}));
  EXPECT_EQ(shown(result), "USD budgeted=400.00\n");
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_EQ(result.notes[0].line, 3U);
  EXPECT_TRUE(noted(result, "1 budgets overlap an earlier one of their activity and are counted beside it"));
  const SumResult apart =
      sum({file(activity("A", budget("1", "2020-01-01", "2020-12-31", "1") + budget("2", "2020-01-01", "2020-12-31", "2") +
                                  budget("1", "2021-01-01", "2021-12-31", "4")))},
          by({}));
  EXPECT_FALSE(noted(apart, "overlap"));
  EXPECT_EQ(shown(apart), "USD budgeted=6.00\n");
  const SumResult endless = sum({file(activity("A", budget("1", "2020-01-01", "9999-12-31", "5")))}, by({Dimension::year}));
  EXPECT_EQ(shown(endless), "2020 USD budgeted=5.00\n");
  EXPECT_TRUE(noted(endless, "more than 100 years"));
}

TEST(IatiSums, TheLaterOfTwoReportsCounts) {
  const auto report = [](const char* day, const char* value) {
    return file(activity("A", flow("3", value), std::string("last-updated-datetime='") + day + "'"));
  };
  EXPECT_EQ(shown(sum({report("2020-01-01", "1"), report("2021-01-01T00:00:00Z", "2")}, by({}))), "USD spent=2.00\n");
  EXPECT_EQ(shown(sum({report("2021-01-01", "1"), report("2020-01-01", "2")}, by({}))), "USD spent=1.00\n");
  EXPECT_EQ(shown(sum({report("2021-01-01", "1"), report("2021-01-01", "2"), report("", "4")}, by({}))), "USD spent=1.00\n");
  const SumResult result = sum({report("2020-01-01", "1"), report("2021-01-01", "2")}, by({}));
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_EQ(result.notes[0].file + ":" + std::to_string(result.notes[0].line), "f1:2");
  EXPECT_EQ(result.notes[0].what, "activity A is not counted: it is also in f2:2, updated later");
  EXPECT_EQ(result.counted, 1U);
}

TEST_F(IatiRates, WithoutARateAmountsKeepTheirCurrency) {
  write("date,rate,currency\n2020-05-01,0.5,EUR\n");
  const Rates rates = Rates::load(path_, RateRule::nearest);
  SumOptions options = by({Dimension::year});
  options.currency = "USD";
  options.rates = &rates;
  const std::string text = file(
      activity("A", flow("3", "1") + "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-05-01'/><value "
                                     "currency='EUR'>1</value></transaction>"
                                     "<transaction><transaction-type code='3'/><transaction-date iso-date='2020-05-01'/><value "
                                     "currency='XOF' value-date='2020-05-01'>600</value></transaction>"));
  const SumResult result = sum({text}, options);
  EXPECT_EQ(shown(result), "2020 USD spent=3.00\n2020 XOF spent=600.00\n");
  EXPECT_TRUE(noted(result, "1 amounts have no rate"));
  EXPECT_TRUE(noted(result, "1 amounts without a value date"));
  options.by = {Dimension::currency};
  EXPECT_EQ(shown(sum({text}, options)), "EUR USD spent=2.00\nUSD USD spent=1.00\nXOF XOF spent=600.00\n");
}

TEST(IatiSums, BreaksAndEmptyFiles) {
  const SumResult cut = sum({"<iati-activities>\n" + activity("A", flow("3", "1")) + "<iati-activity>" + flow("3", "5")}, by({}));
  EXPECT_TRUE(cut.broken);
  EXPECT_EQ(shown(cut), "USD spent=1.00\n");
  ASSERT_EQ(cut.faults.size(), 1U);
  EXPECT_EQ(cut.faults[0].line, 3U);
  const SumResult bad =
      sum({file(activity("A", flow("3", "1")) + "<iati-activity><a></iati-activity>" + activity("B", flow("3", "2")))}, by({}));
  EXPECT_FALSE(bad.broken);
  EXPECT_EQ(shown(bad), "USD spent=3.00\n");
  EXPECT_EQ(bad.rejected, 1U);
  EXPECT_EQ(shown(sum({file("")}, by({}))), "");
  EXPECT_TRUE(sum({""}, by({})).broken);
  EXPECT_EQ(sum({""}, by({})).faults.at(0).what, "the file is empty, expected <iati-activities>");
  const SumResult open = sum({file("<iati-activity>" + flow("3", "9") + activity("B", flow("3", "2")))}, by({}));
  EXPECT_FALSE(open.broken);
  EXPECT_EQ(open.rejected, 1U);
  EXPECT_EQ(shown(open), "USD spent=2.00\n");
}

TEST(IatiSums, ACompressedFileThatIsCutOffCountsUpToThere) {
  std::string text = "<iati-activities>\n";
  for (int i = 0; i < 40000; ++i)
    text += activity("A" + std::to_string(i * 7919 % 40009), flow("3", std::to_string(i * 7907 % 10007)));
  const std::string packed = testing::gzip(text + "</iati-activities>\n");
  Sums sums(by({}));
  sums.add(*ByteSource::from_bytes(packed.substr(0, packed.size() * 3 / 4), "cut.gz"));
  const SumResult result = sums.finish();
  EXPECT_TRUE(result.broken);
  EXPECT_GT(result.counted, 1000U);
  EXPECT_LT(result.counted, 40000U);
  ASSERT_EQ(result.faults.size(), 1U);
  EXPECT_NE(result.faults[0].what.find("the gzip data end early"), std::string::npos) << result.faults[0].what;
}

TEST(IatiSums, ValuesBeyondAllMoneyAreLeftOut) {
  const SumResult result = sum({file(activity("A", flow("3", "1" + std::string(19, '0')) + flow("3", "-5")))}, by({}));
  EXPECT_EQ(shown(result), "USD spent=-5.00\n");
  ASSERT_EQ(result.faults.size(), 1U);
  EXPECT_NE(result.faults[0].what.find("too large"), std::string::npos);
}

TEST(IatiSums, TheSameWhateverTheThreads) {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += activity("A" + std::to_string(i),
                     "<recipient-country code='KE' percentage='33.3'/><recipient-country code='UG' percentage='66.7'/>" +
                         flow("3", std::to_string(i) + ".1"));
  }
  SumOptions one = by({Dimension::country}), four = by({Dimension::country});
  one.threads = 1;
  four.threads = 4;
  const SumResult a = sum({file(text)}, one), b = sum({file(text)}, four);
  EXPECT_EQ(to_csv(a.table), to_csv(b.table));  // to the last digit
  EXPECT_EQ(a.table.rows(), 2U);
}

}  // namespace
}  // namespace stocktake::iati
