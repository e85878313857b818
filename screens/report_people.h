/* The people behind one figure of a report. */
#ifndef CUNYI_REPORT_PEOPLE_H
#define CUNYI_REPORT_PEOPLE_H

#include "app/service/reports.h"
#include "screens/kit/loop.h"

struct report_people_arg {
	const struct report_result *result; /* complete; must outlive the screen */
	const struct indicator *indicator;
};

extern const struct screen report_people_screen;

#endif
