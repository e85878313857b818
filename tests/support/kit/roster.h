/* A list of made-up people in a table, with a search box above: for tests of the loop, the table, menus and prompts. */
#ifndef CUNYI_TEST_ROSTER_H
#define CUNYI_TEST_ROSTER_H

#include "screens/kit/loop.h"
#include "screens/kit/table.h"

enum { ROSTER_TOPIC = 1u << 3, ROSTER_OTHER_TOPIC = 1u << 4 };

struct person {
	int64_t id;
	const char *name, *village;
	int age;
	bool overdue;
};

struct roster {
	const struct person *people;
	size_t n_people;
	struct table table;
	struct edit box; /* search box; has the focus when in_box */
	bool in_box;
	unsigned loads, opened;
	bool refuse_close;
	/* what arrived */
	char log[512];
};

struct roster_start {
	const struct person *people;
	size_t n;
	bool in_box;
	const char *fail; /* open() fails with this sentence */
};

extern const struct screen roster_screen;
extern const struct person roster_people[12];

#endif
