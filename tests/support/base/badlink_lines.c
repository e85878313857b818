/* The lines of villages and vans, and single faults for the tests. */
#include "badlink.h"

#include <string.h>

#define KBIT 1000
#define MBIT (1000 * KBIT)

static const struct line lines[] = {
	{ .name = "lan", .what = "the clinic's own network", .up = 100 * MBIT, .down = 100 * MBIT },
	{ .name = "dsl", .what = "village DSL that breaks", .up = 512 * KBIT, .down = 4 * MBIT, .delay = 25, .jitter = 10, .loss = 5,
		.stall_every = 60000, .stall = 4000, .cut_bytes = 2000000 },
	{ .name = "3g", .what = "3G at the edge of a cell", .up = 384 * KBIT, .down = 2 * MBIT, .delay = 75, .jitter = 60, .loss = 10 },
	{ .name = "edge", .what = "EDGE", .up = 64 * KBIT, .down = 128 * KBIT, .delay = 250, .jitter = 150, .loss = 20 },
	{ .name = "2g", .what = "64 kbit/s, 600 ms there and back, one segment in ten lost", .up = 64 * KBIT, .down = 64 * KBIT,
		.delay = 300, .jitter = 50, .loss = 100 },
	{ .name = "satellite", .what = "a satellite and its weather", .up = 256 * KBIT, .down = 1 * MBIT, .delay = 300, .jitter = 20,
		.loss = 5, .stall_every = 90000, .stall = 8000 },
	{ .name = "cut30s", .what = "64 kbit/s, cut every 30 s", .up = 64 * KBIT, .down = 64 * KBIT, .delay = 300, .up_for = 30000,
		.down_for = 2000 },
	{ .name = "cut20k", .what = "64 kbit/s, cut every 20 KB", .up = 64 * KBIT, .down = 64 * KBIT, .delay = 300, .cut_bytes = 20000 },

	{ .name = "clear", .what = "nothing in the way" },
	{ .name = "cuts", .what = "cut every 12 KB", .cut_bytes = 12000 },
	{ .name = "silent", .what = "half of all connections fall silent", .half_open = 500, .cut_bytes = 6000 },
	{ .name = "replay", .what = "every connection's requests come again, soon", .replayed = 1000, .replay_after = 700 },
	{ .name = "held", .what = "every connection's requests come again, when it is said", .replayed = 1000 },
	{ .name = "captive", .what = "a hotspot that wants a login", .captive = 1000 },
	{ .name = "drip", .what = "ten bytes a second", .up = 80, .down = 80 },
	{ .name = "wild", .what = "what a bad day brings, all at once", .up = 8 * MBIT, .down = 8 * MBIT, .delay = 2, .jitter = 6, .loss = 5, .cut_bytes = 40000,
		.half_open = 40, .captive = 60, .stall_every = 3000, .stall = 300 },
};

const struct line *badlink_lines(size_t *n)
{
	*n = sizeof(lines) / sizeof(lines[0]);
	return lines;
}

const struct line *badlink_line(const char *name)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strcmp(lines[i].name, name) == 0)
			return &lines[i];
	return NULL;
}
