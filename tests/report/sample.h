/* A small report with every kind of cell, made by hand. */
#ifndef CUNYI_TESTS_REPORT_SAMPLE_H
#define CUNYI_TESTS_REPORT_SAMPLE_H

#include "app/clinic/report.h"

/* One sheet of figures with a chart and one list of n_people people. */
struct report *sample_report(size_t n_people, const char *mark);

/* Appends the text of one part of a zip file; false when there is none. */
bool sample_unzip(const char *path, const char *part, struct sbuf *out);

/* Appends a whole file; false when it cannot be read. */
bool sample_read(const char *path, struct sbuf *out);

#endif
