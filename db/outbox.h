/* States of a row of the queue to another computer. */
#ifndef CUNYI_OUTBOX_H
#define CUNYI_OUTBOX_H

/* Stored; the same numbers stand in db/schema and db/sql.  sync/state.h tells their life. */
enum outbox_state {
	OUTBOX_PENDING = 0,
	OUTBOX_BLOCKED = 1,
	OUTBOX_SENDING = 2,
	OUTBOX_UNKNOWN = 3,
	OUTBOX_EXPORTED = 4, /* on a stick */
	OUTBOX_CONFLICT = 5,
	OUTBOX_REJECTED = 6,
	OUTBOX_ACKED = 7,
	OUTBOX_SUPERSEDED = 8,
	OUTBOX_STATE_COUNT
};

#endif
