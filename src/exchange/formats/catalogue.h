// What stands beside a table of figures so that other programs can read it: Frictionless Data Package, CSVW, DCAT-AP.
#pragma once

#include <string>
#include <vector>

#include "store/observation.h"

namespace stocktake {

// datapackage.json (Data Package 1.0 with a Table Schema) for observations.csv, as Store::export_observations() writes it.
std::string data_package_json(const std::vector<Vintage>& vintages, std::string_view csv);
// observations.csv-metadata.json (CSV on the Web, W3C Recommendation of 2015).
std::string csvw_json(std::string_view csv);
// The catalogue of the store, a dataset a vintage (JSON-LD, terms of DCAT and Dublin Core as DCAT-AP uses them). `publisher`: who
// runs the store; "" leaves "unknown".
std::string dcat_json(const std::vector<Vintage>& vintages, const std::string& publisher);

}  // namespace stocktake
