#include "cli/app.h"

int main(int argc, char** argv) { return stocktake::run_program(argc, argv); }
