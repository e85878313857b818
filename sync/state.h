/* The life of an outbox row.  One table of allowed moves and one function that makes them: nothing else writes `state`
 * after the save made the row (app/service/record.c makes rows pending or blocked, and supersedes rejected ones).
 *
 *   pending -> sending -> acked                       a complete good answer
 *              sending -> pending                     nothing left the machine, or the server refused all of it
 *              sending -> unknown -> acked | pending  the answer was lost: read back first, never sent blindly
 *              sending | pending -> conflict          another version is there: a person decides -> superseded
 *              sending -> pending -> rejected         the server refuses it, alone too -> superseded by the next save
 *              sending -> pending -> blocked          blameless, but its change group holds a refused one
 *   blocked -> pending                                what it waited for is through
 *
 * At start every row found `sending` becomes `unknown`: the process died with bytes possibly on the wire. */
#ifndef SYNC_STATE_H
#define SYNC_STATE_H

#include "db/outbox.h"
#include "app/base/base.h"

bool outbox_may(enum outbox_state from, enum outbox_state to);

#endif
