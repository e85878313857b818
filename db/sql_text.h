/* The SQL of the program as data: made at build time by db/embed_sql.awk from db/schema and db/sql. */
#ifndef DB_SQL_TEXT_H
#define DB_SQL_TEXT_H

#include <stddef.h>

/* One named statement, "-- :name resident_by_id" in a file of db/sql; ends with '\0', comment lines are gone. */
struct sql_text {
	const char *name;
	const char *text;
};

/* One file of db/schema, "0001_start.sql": number 1, name "start", the whole text. */
struct sql_migration {
	int number;
	const char *name;
	const char *text;
};

/* Sorted by name (strcmp), no name twice; one entry of NULLs follows the last. */
extern const struct sql_text sql_statements[];
extern const size_t sql_statement_count;

/* db/schema.sql: a new file gets at once what the migrations up to its user_version made of older ones. */
extern const char *const sql_schema;

/* In the order of their numbers, which run 1, 2, 3 ... without a gap; one entry of NULLs follows the last. */
extern const struct sql_migration sql_migrations[];
extern const size_t sql_migration_count;

#endif
