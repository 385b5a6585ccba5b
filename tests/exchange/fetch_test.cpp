// The parts of the connectors that need no network: waits, bodies, the cache, what services are asked.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "exchange/fetch/client.h"
#include "exchange/fetch/progress_line.h"
#include "exchange/fetch/services.h"
#include "framework/temporary_folder.h"

namespace stocktake::fetch {
namespace {

TEST(Backoff, DoublesWithinItsBandAndRepeatsUnderASeed) {
  for (int attempt = 1; attempt <= 8; ++attempt) {
    const double wait = backoff(1, 60, 7, "http://a/", attempt);
    const double full = std::min(60.0, std::pow(2.0, attempt - 1));
    EXPECT_GE(wait, full / 2);
    EXPECT_LE(wait, full);
    EXPECT_EQ(wait, backoff(1, 60, 7, "http://a/", attempt));
  }
  EXPECT_NE(backoff(1, 60, 7, "http://a/", 3), backoff(1, 60, 8, "http://a/", 3));
  EXPECT_NE(backoff(1, 60, 7, "http://a/", 3), backoff(1, 60, 7, "http://b/", 3));
  EXPECT_LE(backoff(1, 60, 7, "http://a/", 1'000'000), 60);
}

TEST(Pace, LeavesTheTimeBetweenRequestsToOneHost) {
  Pace pace(0);
  pace.set("slow", 600);  // one in 0.1 s
  const auto begin = Pace::Clock::now();
  for (int i = 0; i < 3; ++i) pace.wait("slow");
  EXPECT_GE(Pace::Clock::now() - begin, std::chrono::milliseconds(200));
  const auto again = Pace::Clock::now();
  for (int i = 0; i < 1000; ++i) pace.wait("fast");
  EXPECT_LT(Pace::Clock::now() - again, std::chrono::seconds(1));
}

TEST(CheckBody, TellsCutFromWrong) {
  EXPECT_EQ(check_body(look_at("{\"a\": [1]}"), "application/json", Expect::json).problem, "");
  EXPECT_EQ(check_body(look_at("\xEF\xBB\xBF[1]\n"), "text/plain", Expect::json).problem, "");
  EXPECT_TRUE(check_body(look_at("{\"a\": [1"), "application/json", Expect::json).cut);
  EXPECT_TRUE(check_body(look_at(" "), "application/json", Expect::json).cut);
  EXPECT_TRUE(check_body(look_at("<a><b>"), "application/xml", Expect::sdmx).problem.empty());
  EXPECT_TRUE(check_body(look_at("<a><b"), "application/xml", Expect::sdmx).cut);
  EXPECT_EQ(check_body(look_at("A,B\n1,2\n"), "text/csv", Expect::sdmx).problem, "");
  const BodyFault html = check_body(look_at("<!DOCTYPE html><html><body>Sign in</body></html>"), "text/html", Expect::sdmx);
  EXPECT_FALSE(html.cut);
  EXPECT_NE(html.problem.find("Sign in"), std::string::npos) << html.problem;
}

TEST(BodyFile, LooksAtWhatComesInBlocks) {
  testing::TemporaryFolder folder;
  BodyFile body(folder.path("parts"), 1000);
  for (const char* block : {"\xEF\xBB\xBF {\"a\": \"]", "}\\", "\"\", \"b\": [1]", "}\n \n"}) body.append(block);
  ASSERT_TRUE(body.finish());
  const BodyLook look = body.look();
  EXPECT_TRUE(look.head.starts_with("{\"a\""));
  EXPECT_EQ(look.last, '}');
  EXPECT_TRUE(look.whole_json);
  EXPECT_EQ(look.bytes, body.bytes());
}

TEST(ProgressText, TellsPagesRowsBytesAndTime) {
  EXPECT_EQ(progress_text({1, 0, 25, 5, 1200, 4'500'000, 0, 0, 3}), "fetching 5 of 25 pages, 1200 rows, 4.5 MB, 12 s left");
  EXPECT_EQ(progress_text({1, 0, 1, 0, 0, 50'000, 50'000, 200'000, 10}), "fetching 0 of 1 pages, 50 kB, 30 s left");
  // Nothing is known yet: no time.
  EXPECT_EQ(progress_text({3, 1, 3, 0, 0, 0, 0, 0, 9}), "fetching 0 of 3 pages (1 of 3 requests done), 0 kB");
}

TEST(PageCache, GivesBackWhatItKeptAndNothingDamaged) {
  testing::TemporaryFolder folder;
  const PageCache cache(folder.path("cache"));
  CachedPage page{"http://a/?x=\xFF", "application/json", "application/json", "\"e\"", "", "", 0, 0};
  page.url = "http://a/?x=1";
  EXPECT_FALSE(cache.find(page.url, page.accept));
  BodyFile body = cache.new_body(1000);
  body.append("[1]");
  ASSERT_TRUE(body.finish());
  cache.store(page, body);
  const auto found = cache.find(page.url, page.accept);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->etag, "\"e\"");
  EXPECT_EQ(cache.body(*found), "[1]");
  EXPECT_FALSE(cache.find(page.url, "text/csv"));
  CachedPage damaged = *found;
  damaged.body_hash = std::string(64, '0');
  EXPECT_FALSE(cache.body(damaged));
  const std::int64_t begun = cache.begin(page.url, false);
  EXPECT_EQ(cache.begin(page.url, false), begun);  // not ended: the same run
  cache.finish(page.url);
  EXPECT_GE(cache.begin(page.url, false), begun);
}

TEST(Services, AreAskedAsRecorded) {
  const std::string reference = std::string(STOCKTAKE_SOURCE_DIR) + "/reference";
  const AreaRegistry areas = AreaRegistry::load(reference);
  const std::vector<Service> services = load_services(reference);
  EXPECT_GE(services.size(), 20U);
  const auto url = [&](const std::string& id, const Query& query) {
    for (const Service& service : services) {
      if (service.id == id) return plan(service, query, areas).at(0).url;
    }
    return std::string("no such service");
  };
  Query query;
  query.series = {"SH_OOP_XPD_EARNNET40"};
  query.areas = {"AFG"};
  query.page_size = 1000;
  // The first request of the recorded answers' list, but for the place of "page".
  EXPECT_EQ(page_url(url("unsd", query), 1),
            "https://unstats.un.org/SDGAPI/v1/sdg/Series/Data?seriesCode=SH_OOP_XPD_EARNNET40&areaCode=4&pageSize=1000&page=1");
  query.series = {"WHOSIS_000001"};
  query.years = {2000, 2010};
  EXPECT_EQ(url("gho", query),
            "https://ghoapi.azureedge.net/api/WHOSIS_000001?$filter=SpatialDim%20eq%20%27AFG%27%20and%20"
            "TimeDim%20ge%202000%20and%20TimeDim%20le%202010");
  EXPECT_THROW(url("oecd", query), Error);  // no series there
  query.series.clear();
  EXPECT_THROW(url("unsd", query), Error);
  EXPECT_THROW(url("sdmx", query), Error);  // no address
}

TEST(PageFacts, NameTheFieldThatIsNotThere) {
  try {
    page_facts(Kind::unsd, R"({"totalElements": 1, "pageNumber": 1, "data": []})", "http://a/");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.where().field, "totalPages");
    EXPECT_EQ(error.where().file, "http://a/");
  }
  const PageFacts facts = page_facts(Kind::worldbank, R"([{"page": 0, "pages": 0, "per_page": "50", "total": 0}, null])", "u");
  EXPECT_EQ(facts.rows, 0);
}

}  // namespace
}  // namespace stocktake::fetch
