// SDMX-ML 2.1 and 3.0. Names are matched by their local part: messages differ in the prefixes that they choose.
#pragma once

#include <vector>

#include "ingest/byte_source.h"
#include "ingest/sdmx/data.h"
#include "ingest/sdmx/structure.h"

namespace stocktake::sdmx {

// GenericData, GenericTimeSeriesData, StructureSpecificData and StructureSpecificTimeSeriesData. Throws Error(input) with the
// line for XML that is not well-formed, a document type declaration, another message (an error message's own text is told),
// SDMX 2.0, and a message that brings no data but says in its footer why. What a data set says of one row and cannot be used is
// a fault.
//
// Components of several values or languages (SDMX 3.0, <Comp>) become one text, in the form of value_text.h. Series without
// observations make no rows (one fault a data set counts them) but where the action is Delete.
void read_ml_data(ByteSource& source, const Structures* structures, DataHandler& handler);

// A structure message. Throws Error(input) as above; what cannot be used of an artefact is a fault, the rest is read. The whole
// message is in memory.
Structures read_ml_structures(ByteSource& source, std::vector<Fault>& faults);

}  // namespace stocktake::sdmx
