#include "app/service/contract_code.h"

#include <ctype.h>
#include <sodium.h>

#include "app/base/date.h"
#include "app/service/numbers.h"
#include "db/stmt.h"

#define QR_BEGIN "CUNYI-QY:"

/* ---- made ------------------------------------------------------------------------------------------------------------------ */

/* Crockford's digits: none is taken for another when it is read out or written by hand. */
static void put_short(const unsigned char hash[5], char out[CONTRACT_SHORT])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t bits = 0;
	char *s = out;

	for (int i = 0; i < 5; i++)
		bits = bits << 8 | hash[i];
	for (int shift = 35; shift >= 0; shift -= 5) {
		*s++ = digits[bits >> shift & 31];
		if (shift == 20)
			*s++ = '-';
	}
	*s = '\0';
}

static void make_short(struct app *app, const struct record *rec, char out[CONTRACT_SHORT])
{
	static const char *const agreed[] = { "number", "resident", "team", "start", "end", "packages", "fee_total" };
	unsigned char hash[crypto_generichash_BYTES_MIN];
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_adds(&text, app->clinic.org_code);
	for (size_t i = 0; i < N_ELEMENTS(agreed); i++) {
		const struct value *v = record_get(rec, agreed[i]);

		sbuf_addf(&text, "\n%s=", agreed[i]);
		if (v->kind == V_MONEY)
			sbuf_addf(&text, "%lld", (long long)v->num);
		else if (!value_is_empty(v))
			sbuf_adds(&text, v->text);
	}
	crypto_generichash(hash, sizeof hash, (const unsigned char *)text.s, text.len, NULL, 0);
	put_short(hash, out);
}

bool contract_code(struct app *app, const struct record *contract, struct contract_code *out)
{
	const char *number = record_text(contract, "number");

	*out = (struct contract_code){ .number = number ? number : "" };
	if (!contract->meta.revision || !number)
		return false;
	make_short(app, contract, out->short_);
	snprintf(out->qr, sizeof out->qr, QR_BEGIN "%s:%s:%s", app->clinic.org_code, number, out->short_);
	return true;
}

bool contract_number(struct app *app, int32_t day, char *out, size_t size, struct err *err)
{
	char series[16];
	int64_t serial;

	snprintf(series, sizeof series, "QY%04d-%02d-", date_year(day), app->device_number);
	if (!number_contract(app, series, &serial, err))
		return false;
	snprintf(out, size, "%s%06lld", series, (long long)serial);
	return true;
}

/* ---- found ----------------------------------------------------------------------------------------------------------------- */

/* The next part of "a:b c", in capitals as it was printed; "" at the end. */
static const char *next_part(const char *s, char *out, size_t size)
{
	size_t n = 0;

	s += strspn(s, ": \t");
	for (; *s && !strchr(": \t", *s); s++)
		if (n + 1 < size)
			out[n++] = (char)toupper((unsigned char)*s);
	out[n] = '\0';
	return s;
}

bool contract_is_named(const char *text)
{
	text += strspn(text, " \t");
	return !strncasecmp(text, "QY20", 4) || !strncasecmp(text, QR_BEGIN, sizeof QR_BEGIN - 1);
}

static bool by_number(struct app *app, const char *number, char id[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contract_by_number");
	bool row;

	id[0] = '\0';
	stmt_bind_text(st, "number", number);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		snprintf(id, RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
	return true;
}

bool contract_find(struct app *app, const char *text, char id[RECORD_ID_MAX + 1], enum contract_match *match, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	char first[64], clinic[64] = "", number[64], code[64];
	struct contract_code now;
	struct record *rec;

	text = next_part(text, first, sizeof first);
	if (!strcmp(first, "CUNYI-QY")) {
		text = next_part(text, clinic, sizeof clinic);
		text = next_part(text, number, sizeof number);
	} else {
		snprintf(number, sizeof number, "%s", first);
	}
	next_part(text, code, sizeof code);
	*match = CONTRACT_UNKNOWN;
	id[0] = '\0';
	if (!*number || (*clinic && strcasecmp(clinic, app->clinic.org_code) != 0))
		return true;
	if (!by_number(app, number, id, err))
		return false;
	if (!*id)
		return true;
	if (!record_load(app, KIND_CONTRACT, id, &mem, &rec, err))
		return false;
	*match = CONTRACT_NUMBER;
	if (*code && contract_code(app, rec, &now))
		*match = strcmp(code, now.short_) ? CONTRACT_DIFFERENT : CONTRACT_SAME;
	return true;
}
