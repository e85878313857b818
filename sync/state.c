#include "sync/state.h"

static const char *const names[OUTBOX_STATE_COUNT] = { "pending", "blocked", "sending", "unknown", "exported", "conflict",
	"rejected", "acked", "superseded" };

static const struct {
	enum outbox_state from, to;
} moves[] = {
	{ OUTBOX_PENDING, OUTBOX_SENDING },    { OUTBOX_PENDING, OUTBOX_CONFLICT },
	{ OUTBOX_PENDING, OUTBOX_ACKED }, /* nothing new to say */
	{ OUTBOX_PENDING, OUTBOX_EXPORTED },   { OUTBOX_PENDING, OUTBOX_SUPERSEDED }, { OUTBOX_PENDING, OUTBOX_BLOCKED },
	{ OUTBOX_PENDING, OUTBOX_REJECTED },
	{ OUTBOX_PENDING, OUTBOX_UNKNOWN }, /* a stick brought it: another device may have sent it */
	{ OUTBOX_BLOCKED, OUTBOX_PENDING },    { OUTBOX_BLOCKED, OUTBOX_CONFLICT },   { OUTBOX_BLOCKED, OUTBOX_SUPERSEDED },
	{ OUTBOX_SENDING, OUTBOX_ACKED },      { OUTBOX_SENDING, OUTBOX_PENDING },    { OUTBOX_SENDING, OUTBOX_UNKNOWN },
	{ OUTBOX_SENDING, OUTBOX_CONFLICT },   { OUTBOX_SENDING, OUTBOX_REJECTED },   { OUTBOX_SENDING, OUTBOX_BLOCKED },
	{ OUTBOX_UNKNOWN, OUTBOX_ACKED },      { OUTBOX_UNKNOWN, OUTBOX_PENDING },    { OUTBOX_UNKNOWN, OUTBOX_CONFLICT },
	{ OUTBOX_EXPORTED, OUTBOX_ACKED },     { OUTBOX_EXPORTED, OUTBOX_UNKNOWN },   { OUTBOX_EXPORTED, OUTBOX_PENDING },
	{ OUTBOX_EXPORTED, OUTBOX_CONFLICT },  { OUTBOX_EXPORTED, OUTBOX_REJECTED },
	{ OUTBOX_CONFLICT, OUTBOX_SUPERSEDED }, { OUTBOX_CONFLICT, OUTBOX_ACKED },
	{ OUTBOX_REJECTED, OUTBOX_SUPERSEDED }, { OUTBOX_REJECTED, OUTBOX_PENDING },
	{ OUTBOX_REJECTED, OUTBOX_CONFLICT }, /* refused, and then the county wrote something else there */
};

const char *outbox_state_name(enum outbox_state s)
{
	return names[s];
}

bool outbox_may(enum outbox_state from, enum outbox_state to)
{
	for (size_t i = 0; i < N_ELEMENTS(moves); i++)
		if (moves[i].from == from && moves[i].to == to)
			return true;
	return false;
}
