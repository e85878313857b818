/* 家庭医生签约服务协议书 with its tables, and the service record: what was done, each service with room for the resident's
 * signature. */
#include "app/service/contract_code.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_services.h"
#include "app/service/overview.h"
#include "app/service/packages.h"
#include "app/service/paper_int.h"
#include "app/service/records.h"

enum { BLANK_LINES = 4, DATE_COLS = 3, ITEM_COLS = 3, WHAT_COLS = 6, BY_COLS = 3, SIGN_COLS = PAPER_COLS - 15 };

/* ---- the service record ------------------------------------------------------------------------------------------------------ */

static void put_service(struct paper *p, enum cell_style style, const char *const text[5])
{
	static const uint8_t cols[] = { DATE_COLS, ITEM_COLS, WHAT_COLS, BY_COLS, SIGN_COLS };

	sheet_row(p->sh);
	for (size_t i = 0; i < N_ELEMENTS(cols); i++) {
		sheet_text(p->sh, style, text[i]);
		if (!i)
			sheet_lines(p->sh, 2); /* a thumb needs room */
		sheet_span(p->sh, cols[i]);
	}
}

static bool put_counters(struct paper *p, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct fulfilment f;

	if (!contract_fulfilment(p->app, p->rec, &f, err))
		return false;
	contract_fulfilment_text(&f, &text);
	paper_box(p, _("Done"), text.s, 1);
	return true;
}

/* What was given under a contract, line by line with room for the resident's signature or thumb print. */
static bool put_services(struct paper *p, struct err *err)
{
	struct contract_service *v;
	size_t n;

	if (!contract_services(p->app, p->rec, p->mem, &v, &n, err))
		return false;
	paper_wide(p, CELL_STYLE_PAPER_TITLE, _("Services given"), 2);
	if (!put_counters(p, err))
		return false;
	put_service(p, CELL_STYLE_PAPER_ITEM,
		(const char *const[]){ _("Date"), _("Service"), _("What was done"), _("Given by"), _("Signature or thumb print") });
	for (size_t i = 0; i < n; i++)
		put_service(p, CELL_STYLE_PAPER_BOX,
			(const char *const[]){ v[i].day, term_text(v[i].item), v[i].what, v[i].by, v[i].signed_ });
	for (size_t i = 0; i < BLANK_LINES; i++)
		put_service(p, CELL_STYLE_PAPER_BOX, (const char *const[]){ "", "", "", "", "" });
	return true;
}

/* ---- the agreement --------------------------------------------------------------------------------------------------------- */

/* Number and short code to be read, beside them the code to be scanned. */
static void put_codes(struct paper *p)
{
	enum { CODE_COLS = 4, CODE_LINES = 6 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct contract_code code;
	bool coded = contract_code(p->app, p->rec, &code);

	paper_fill(p, _("Agreement number: {number}\nPaper number: {paper_no}\nSigned through: {channel}"), "________", &text);
	if (coded)
		sbuf_addf(&text, _("\nShort code: %s"), code.short_);
	if (record_text(p->rec, "ended_on")) {
		sbuf_addc(&text, '\n');
		paper_fill(p, _("{status} on {ended_on}: {status_reason}"), "", &text);
	}
	sheet_row(p->sh);
	sheet_text(p->sh, CELL_STYLE_PAPER_LINE, text.s);
	sheet_lines(p->sh, coded ? CODE_LINES : 3);
	sheet_span(p->sh, coded ? PAPER_COLS - CODE_COLS : PAPER_COLS);
	if (!coded)
		return;
	sheet_code(p->sh, CELL_STYLE_PAPER_LINE, code.qr);
	sheet_span(p->sh, CODE_COLS);
}

/* "120.00", "" */
static const char *yuan(struct paper *p, const struct field *f, const struct value *v)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (!value_is_empty(v))
		field_format(f, v, false, &text);
	return arena_strdup(p->mem, text.s ? text.s : "");
}

/* In the present language while it is called as the norm calls it. */
static const char *package_name(struct paper *p, const char *id)
{
	const struct field *codes = form_field(p->rec->form, "packages");
	const struct code *c;
	struct record *package;
	struct err err;

	if (!id || !record_row(p->app, KIND_PACKAGE, id) || !record_load(p->app, KIND_PACKAGE, id, p->mem, &package, &err))
		return "";
	c = record_text(package, "code") ? field_code(codes, record_text(package, "code")) : NULL;
	return c && record_is(package, "name", c->term.zh) ? term_text(&c->term) : record_text(package, "name");
}

static void put_signed(struct paper *p, const uint8_t cols[3])
{
	const struct value *list = record_get(p->rec, "signed_packages");
	const struct form_def *form = form_field(p->rec->form, "signed_packages")->form;

	for (size_t i = 0; i < list->n_items; i++) {
		const struct record *one = list->items[i];

		paper_cells(p, CELL_STYLE_PAPER_BOX, cols,
			(const char *const[]){ package_name(p, record_text(one, "package")),
				arena_printf(p->mem, "%lld", (long long)record_num(one, "version", 1)),
				yuan(p, form_field(form, "fee"), record_get(one, "fee")) }, 3);
	}
}

/* Which packages at which price; before it is signed only which. */
static void put_packages(struct paper *p)
{
	static const uint8_t cols[] = { 12, 3, PAPER_COLS - 15 };
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	paper_wide(p, CELL_STYLE_PAPER_ITEM, _("Packages"), 1);
	paper_cells(p, CELL_STYLE_PAPER_ITEM, cols, (const char *const[]){ _("Package"), _("Version"), _("Fee a year, yuan") }, 3);
	if (record_get(p->rec, "signed_packages")->n_items) {
		put_signed(p, cols);
		return;
	}
	paper_value(p, form_field(p->rec->form, "packages"), record_get(p->rec, "packages"), &words);
	paper_cells(p, CELL_STYLE_PAPER_BOX, cols, (const char *const[]){ words.s ? words.s : "", "", "" }, 3);
}

static const char *spread(const struct record *contract, size_t i)
{
	const struct value *list = record_get(contract, "items");
	const struct field *f = form_field(form_field(contract->form, "items")->form, "per");

	return paper_word(f, i < list->n_items ? record_text(list->items[i], "per") : NULL);
}

/* What is promised, how often, what of it was done, and whether records say so or a hand. */
static bool put_items(struct paper *p, struct err *err)
{
	static const uint8_t cols[] = { 7, 3, 3, 3, PAPER_COLS - 16 };
	struct fulfilment f;

	if (!contract_fulfilment(p->app, p->rec, &f, err))
		return false;
	paper_cells(p, CELL_STYLE_PAPER_ITEM, cols,
		(const char *const[]){ _("Service"), _("Times"), _("Spread"), _("Done"), _("Counted") }, 5);
	for (size_t i = 0; i < f.n; i++)
		paper_cells(p, CELL_STYLE_PAPER_BOX, cols,
			(const char *const[]){ term_text(f.item[i].term),
				arena_printf(p->mem, "%lld", (long long)f.item[i].planned), spread(p->rec, i),
				p->rec->meta.revision ? arena_printf(p->mem, "%lld", (long long)f.item[i].done) : "",
				f.item[i].counted ? _("from records") : _("by hand") }, 5);
	return true;
}

static void put_fees(struct paper *p)
{
	static const struct paper_line fees[] = {
		PAPER_F("费用(元)", "Fees, yuan", "合计 {fee_total}    公卫 {fee_public}    医保 {fee_insurance}    个人 {fee_self}    {paid}",
			"total {fee_total}    public {fee_public}    insurance {fee_insurance}    own {fee_self}    {paid}"),
	};

	paper_lines(p, fees, N_ELEMENTS(fees));
}

/* Key groups as they are now, where they were not noted when it was signed. */
static bool fill_groups(struct paper *p, struct err *err)
{
	struct record *copy = record_copy(p->mem, p->rec);
	struct form_context cx;

	if (record_text(p->rec, "key_groups"))
		return true;
	if (!records_context(p->app, kind_by_id(KIND_CONTRACT), copy, p->mem, &cx, err))
		return false;
	copy->form->compute(copy, &cx);
	p->rec = copy;
	return true;
}

bool paper_contract(struct paper *p, const struct paper_layout *layout, struct err *err)
{
	static const struct term title = { "家庭医生签约服务协议书", "Family-doctor agreement" };

	if (!fill_groups(p, err))
		return false;
	paper_wide(p, CELL_STYLE_PAPER_TITLE, term_text(&title), 2);
	put_codes(p);
	paper_lines(p, layout->lines, layout->n);
	put_packages(p);
	if (!put_items(p, err))
		return false;
	put_fees(p);
	paper_lines(p, contract_terms_paper.lines, contract_terms_paper.n);
	if (!p->rec->meta.revision)
		return true;
	paper_begin(p, _("Services given"));
	p->sh->one_page = false;
	return put_services(p, err);
}
