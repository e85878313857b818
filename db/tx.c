#include <assert.h>

#include "db/db_int.h"

bool tx_begin(struct tx *tx, struct db *db, struct err *err)
{
	assert(!db->tx);
	if (!stmt_run(stmt_get(db, "tx_begin"), err))
		return false;
	tx->db = db;
	db->tx = tx;
	return true;
}

bool tx_commit(struct tx *tx, struct err *err)
{
	assert(tx->db && tx->db->tx == tx);
	if (!stmt_run(stmt_get(tx->db, "tx_commit"), err))
		return false;
	tx->db->tx = NULL;
	tx->db = NULL;
	return true;
}

void tx_rollback(struct tx *tx)
{
	struct err ignored;

	if (!tx->db)
		return;
	if (!sqlite3_get_autocommit(tx->db->handle))
		db_exec(tx->db, "ROLLBACK", &ignored);
	tx->db->tx = NULL;
	tx->db = NULL;
}

bool db_in_transaction(const struct db *db)
{
	return db->tx != NULL;
}
