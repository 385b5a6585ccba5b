// SDMX-JSON data messages: 1.0 with its drafts (as the old OECD service sends them), 2.0 and 2.1.
#pragma once

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// Throws Error(input) with line and column for what is no JSON, ends early, has no structure, or brings errors and no data.
// An observation or a series that cannot be used (an index out of range, a key of another length) is a fault with its JSON
// pointer; the rest is read. Attributes that are left out get the default that the message's structure gives.
//
// The text is read once, value by value. What cannot be understood when it is met, the data sets of a message that brings its
// structure after them, or observations before the action, the attributes and the group attributes of their data set, is
// set aside as it is (32 MiB in memory, the rest in a temporary file of up to the message's size) and read at the end.
void read_json_data(ByteSource& source, const Structures* structures, DataHandler& handler);

}  // namespace stocktake::sdmx
