#include "app/service/contract_lists.h"

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/service/contract_plan.h"
#include "app/service/rows.h"

const struct contract_list contract_lists[CONTRACTS_WHICH_COUNT] = {
	[CONTRACTS_TO_RENEW] = { "renew", { "该续签", "to renew" } },
	[CONTRACTS_EXPIRED] = { "expired", { "已到期", "run out" } },
	[CONTRACTS_PENDING] = { "pending", { "待签", "to be signed" } },
	[CONTRACTS_ENDING] = { "ending", { "解约中", "being ended" } },
	[CONTRACTS_IN_FORCE] = { "active", { "在约", "in force" } },
};

bool contract_ids(struct app *app, const struct contract_query *q, int64_t **ids, size_t *n, struct err *err)
{
	static const char *const statements[CONTRACTS_WHICH_COUNT] = {
		[CONTRACTS_TO_RENEW] = "contracts_to_renew", [CONTRACTS_EXPIRED] = "contracts_run_out",
		[CONTRACTS_PENDING] = "contracts_in_state",  [CONTRACTS_ENDING] = "contracts_in_state",
		[CONTRACTS_IN_FORCE] = "contracts_in_force",
	};
	struct stmt *st = stmt_get(app->db, statements[q->which]);
	int32_t today = app_today(app);
	char iso[DATE_LEN], until[DATE_LEN];

	stmt_bind_text(st, "today", date_iso(today, iso));
	stmt_bind_text(st, "until", date_iso(today + contract_window(app), until));
	stmt_bind_text(st, "status", q->which == CONTRACTS_PENDING ? "pending" : "terminating");
	stmt_bind_text(st, "package", q->package);
	stmt_bind_int(st, "village", q->village);
	stmt_bind_int(st, "team", q->team);
	return rows_read(st, ids, n, err);
}

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

/* What stands in the resident's body only. */
static const char *of_body(const char *body, const char *key, struct arena *mem)
{
	AUTO_JSON struct json_object *obj = body ? json_tokener_parse(body) : NULL;

	return kept(mem, json_text(obj, key));
}

bool contract_line(struct app *app, int64_t row, struct arena *mem, struct contract_line *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contract_line");
	int32_t end;
	bool found;

	*out = (struct contract_line){ 0 };
	stmt_bind_int(st, "id", row);
	if (!stmt_step(st, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, _("There is no such record."));
	*out = (struct contract_line){ .id = kept(mem, stmt_text(st, 0)), .start = kept(mem, stmt_text(st, 1)),
		.end = kept(mem, stmt_text(st, 2)), .status = kept(mem, stmt_text(st, 3)),
		.packages = kept(mem, stmt_text(st, 4)), .team = kept(mem, stmt_text(st, 5)),
		.resident = kept(mem, stmt_text(st, 6)), .name = kept(mem, stmt_text(st, 7)), .sex = kept(mem, stmt_text(st, 8)),
		.born = date_day(stmt_text(st, 9)), .group = kept(mem, stmt_text(st, 10)),
		.phone = kept(mem, stmt_text(st, 11)), .village = kept(mem, stmt_text(st, 12)),
		.phone_owner = of_body(stmt_text(st, 13), "phone_owner", mem) };
	out->age = date_age(out->born, app_today(app));
	end = date_day(out->end);
	out->days_over = end == NO_DAY ? 0 : app_today(app) - end;
	return true;
}
